const number = '\\d+(?:[.,]\\d+)?';
const units = (letters: string): string => [...letters].map((letter) => `(?:${number}${letter})?`).join('');
const form = new RegExp(`^P(?=\\d|T)${units('YMWD')}(?:T(?=\\d)${units('HMS')})?$`);

/** Whether a text is an ISO 8601 duration: each unit once, from the largest on, such as `P90D`, `P1Y6M` or `PT12H`. */
export function isDuration(text: string): boolean {
  return form.test(text);
}

/** The same, or a range of two, of which one may be open: `P3M/P6M`, `P12W/`. */
export function isDurationOrRange(text: string): boolean {
  const [from, to, ...more] = text.split('/');
  if (to === undefined) return isDuration(text);
  const ends = [from!, to].filter((end) => end !== '');
  return more.length === 0 && ends.length > 0 && ends.every(isDuration);
}

/** How many days each unit of a duration has, as durations are compared everywhere. */
export const daysOfUnit: Readonly<Record<string, number>> = {
  Y: 365.25,
  M: 30.4375,
  W: 7,
  D: 1,
  H: 1 / 24,
  S: 1 / 86_400,
};
