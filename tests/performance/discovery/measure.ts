import { Asking, type Question } from './asking';
import type { Stage } from './stage';

/** Milliseconds, and how often in a second. */
export interface Figures {
  p50: number;
  p95: number;
  p99: number;
  perSecond: number;
  /** Whether it was asked once, alone: eight at a time would have taken too long. */
  alone?: boolean;
}

const parallel = 8;
const fewest = 16;
/** What takes longer alone, in milliseconds, is measured no further. */
const tooLong = 3000;

/** What it took to ask once, where that is so long that it tells enough. */
export function takenAlone(milliseconds: number): Figures | undefined {
  const [p50, p95, p99] = [milliseconds, milliseconds, milliseconds];
  return milliseconds < tooLong ? undefined : { p50, p95, p99, perSecond: 1000 / milliseconds, alone: true };
}

/** Asks the same again and again, eight at a time, for some seconds; the first requests are not counted. */
export async function measure(stage: Stage, question: Question, seconds: number): Promise<Figures> {
  const asking = new Asking(stage, parallel);
  try {
    await run(asking, question, Math.min(1, seconds), 1);
    const began = performance.now();
    const times = await run(asking, question, seconds, fewest);
    const took = (performance.now() - began) / 1000;
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99), perSecond: times.length / took };
  } finally {
    asking.close();
  }
}

async function run(asking: Asking, question: Question, seconds: number, least: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const askOn = async (): Promise<void> => {
    while (performance.now() < end || times.length < least) {
      const began = performance.now();
      const answer = await asking.send(question);
      times.push(performance.now() - began);
      if (answer.includes('"errors"')) throw new Error(`${answer.slice(0, 500)} to ${question.query}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, askOn));
  return times.sort((one, other) => one - other);
}

/** The median of what something takes, done one after the other, in milliseconds. */
export async function medianOf(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken.sort((one, other) => one - other)[Math.floor(times / 2)]!;
}
