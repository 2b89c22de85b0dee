import { createHash } from 'node:crypto';
import { newId, type NodeName } from '../model/ids';

/**
 * The id of a demo object. It follows from its type, its name in the demo and the moment at which it was recorded, so
 * it is the same in every database and stays what it is when the demo grows: examples and documentation may quote it.
 */
export function demoId(type: NodeName, name: string, recordedAt: Date | string): string {
  const digest = digestOf(`${type} ${name}`);
  return newId(type, { now: () => new Date(recordedAt).getTime(), bytes: (length) => digest.subarray(0, length) });
}

/** Numbers that look measured, and are the same every time. */
export interface Chance {
  /** Evenly between two numbers. */
  between: (low: number, high: number, decimals?: number) => number;
  /** Mostly near a number, never further from it than three times the spread. */
  around: (middle: number, spread: number, decimals?: number) => number;
  /** True once in so many times. */
  onceIn: (times: number) => boolean;
}

/** A source of chance of its own for each name: whatever is added to the demo, nothing else changes. */
export function chance(name: string): Chance {
  let state = digestOf(name).readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0; // Mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));
  return {
    between: (low, high, decimals = 0) => round(low + next() * (high - low), decimals),
    around: (middle, spread, decimals = 0) => round(middle + (next() + next() + next() - 1.5) * 2 * spread, decimals),
    onceIn: (times) => next() * times < 1,
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A day (`2022-03-14`) so many days later. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A moment (ISO 8601) so many minutes later. */
export function minutesAfter(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) + minutes * 60_000).toISOString();
}
