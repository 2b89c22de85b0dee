import { badInput } from '../errors';
import { isDuration, isDurationOrRange } from '../model/durations';

/** The operators that take ranges: with the others one would not know which end is meant. */
const takesRanges = ['equals', 'in'];

/** Reads a duration that stored ones are compared with. Throws BAD_USER_INPUT that names the place. */
export function readDuration(operator: string, text: string, place: string): string {
  const hasRanges = takesRanges.includes(operator);
  if (hasRanges ? isDurationOrRange(text) : isDuration(text)) return text;
  throw badInput(
    `\`${place}\` is no duration: it takes one as ISO 8601 writes it, such as \`P90D\`, \`P12W\` or \`P1Y6M\`${hasRanges ? ', or a range such as `P3M/P6M`' : '; two ends are given by `between`'}.`,
  );
}
