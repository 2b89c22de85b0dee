import { hasMaskedDay, isMaskedTime, utcInstant } from '../times';
import { pythonValue } from './python-value';

/** A time in ISO 8601, where a Python program wrote it as `datetime.date(2023, 5, 4)`; any other text as it is. */
export function isoText(text: string): string {
  const shown = /^\s*datetime\b/.test(text) ? pythonValue(text) : undefined;
  return typeof shown === 'string' ? shown : text;
}

/** Whether a text is a day that exists: `2024-05-31`, not `2023-02-29`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !hasMaskedDay(text) && utcInstant(`${text}T00:00:00Z`) !== null;
}

/**
 * A time as a source states it: an instant where it has an offset from UTC (or one is known from elsewhere), else the
 * clock alone. `clock` counts milliseconds as if the clock showed UTC, to tell how far apart two times of one place are.
 */
export interface StatedTime {
  text: string;
  instant: string | null;
  clock: number;
}

const dateAndTime = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|z|[+-]\d\d(?::?\d\d)?)?$/;

/** The time that a text states; null for a text that names no date and time, and for a masked one. */
export function statedTime(stated: string): StatedTime | null {
  const text = isoText(stated);
  const parts = text.trim().match(dateAndTime);
  if (!parts || isMaskedTime(text) || hasMaskedDay(text)) return null;
  const clock = utcInstant(`${parts[1]}T${parts[2]}Z`);
  if (clock === null) return null;
  return { text, instant: parts[3] === undefined ? null : utcInstant(text.trim()), clock: Date.parse(clock) };
}

/** The offset from UTC that a text ends in; null where it has none. */
export function offsetOf(text: string): string | null {
  return text.trim().match(dateAndTime)?.[3] ?? null;
}

/** A time without an offset, in the zone of the offset given. */
export function withOffset(time: StatedTime, offset: string): StatedTime {
  return { ...time, instant: utcInstant(`${time.text.trim()}${offset}`) };
}

/**
 * A time in its one spelling, for keys: the instant, in whatever zone it was written, else what the clock showed. A clock that is known
 * to be some milliseconds ahead of UTC shows an instant too.
 */
export function keyOfTime({ instant, clock }: StatedTime, ahead: number | null = null): string {
  if (instant !== null) return instant;
  return ahead === null ? new Date(clock).toISOString().slice(0, -1) : new Date(clock - ahead).toISOString();
}

/** Seconds from one time to another; null when one is an instant and the other only what a clock showed. */
export function secondsBetween(from: StatedTime, to: StatedTime): number | null {
  if (from.instant !== null && to.instant !== null) return (Date.parse(to.instant) - Date.parse(from.instant)) / 1000;
  return offsetOf(from.text) === null && offsetOf(to.text) === null ? (to.clock - from.clock) / 1000 : null;
}
