import { holdsUnstorable, isTooDeep, unsafeIn } from '../http/unstorable-text';
import type { Given } from './storing/import-tree';

/** The longest line that is read, in bytes. */
const longestLine = 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const newLine = 0x0a;

/**
 * Reads newline-delimited JSON as it arrives, holding no more than a line: what is on each line, or why it cannot be read.
 * Empty lines are passed over. Lines are counted from 1.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Given> {
  let line = 1;
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newLine); end >= 0; end = chunk.indexOf(newLine, start)) {
      yield* readLine(line, [...parts, chunk.subarray(start, end)], length + end - start);
      parts = [];
      length = 0;
      line += 1;
      start = end + 1;
    }
    length += chunk.length - start;
    // A line that is too long is not kept, only counted to its end.
    if (length <= longestLine) parts.push(chunk.subarray(start));
    else parts = [];
  }
  yield* readLine(line, parts, length);
}

function* readLine(line: number, parts: readonly Buffer[], length: number): Generator<Given> {
  if (length > longestLine) {
    yield {
      line,
      fault: {
        code: 'LINE_TOO_LONG',
        message: `The line is longer than ${longestLine / 1024} KiB: split what it holds.`,
      },
    };
    return;
  }
  let text: string;
  try {
    text = utf8.decode(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
  } catch {
    yield {
      line,
      fault: { code: 'BAD_ENCODING', message: 'The line is not UTF-8: a byte in it belongs to no character.' },
    };
    return;
  }
  if (text.trim() === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const message = 'The line is not JSON: check that it is whole, and that each entry is on one line.';
    yield { line, fault: { code: 'BAD_JSON', message } };
    return;
  }
  if (isTooDeep(value)) {
    const message = 'Lists and objects stand in each other too deep on this line: no field holds that.';
    yield { line, fault: { code: 'TOO_DEEP', message } };
    return;
  }
  const unsafe = unsafeIn(text, value);
  if (unsafe !== undefined) {
    yield { line, fault: { code: 'BAD_JSON', message: unsafe } };
    return;
  }
  yield holdsUnstorable(text, value)
    ? {
        line,
        fault: { code: 'BAD_ENCODING', message: 'A text holds U+0000 or half of a surrogate pair: take it out.' },
      }
    : { line, value, size: length };
}
