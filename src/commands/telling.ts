/** Something that was asked for and that cannot be done. The message is one line: why, and what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** Names are what users made of them: none may move the cursor of the operator's terminal, or fake a line. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}

/** A moment, to the minute, in UTC. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 tokens`, `1 role`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
