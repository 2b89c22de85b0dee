import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ImportError } from '../import-error';
import { isRecord, type Json, type JsonRecord } from '../json';
import { refusePointer } from '../pointers';
import { codeOf, decodeText, explainReadFailure } from '../text';

const longestLine = 64 * 1024 * 1024;

/** One line of an asset list: an object that has at least a path, or what is wrong with it. */
export interface AssetLine {
  asset: (JsonRecord & { path: string }) | ImportError;
  line: number;
  /** How much of the file has been read when this line is handed over. */
  bytesRead: number;
}

/** The size of an asset list; null where the set comes without one. Throws an ImportError where it is a link or a pointer to it. */
export async function sizeOfAssetList(path: string): Promise<number | null> {
  await refusePointer(path);
  const found = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    return explainReadFailure(path, error);
  });
  return found === null ? null : found.size;
}

/**
 * Streams an asset list, one JSON object a line, in constant memory. Empty lines are passed over; a line that is cut
 * off, is no UTF-8 or no JSON, or is no asset, is handed over as its fault. Throws an ImportError for a file that cannot be read.
 */
export async function* readAssetLines(path: string): AsyncGenerator<AssetLine> {
  let line = 0;
  let bytesRead = 0;
  for await (const bytes of splitLines(path)) {
    line += 1;
    bytesRead += bytes.length + 1;
    const asset = assetOrFault(bytes, path, line);
    if (asset !== null) yield { asset, line, bytesRead };
  }
}

async function* splitLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restLength = 0;
  let lines = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        yield Buffer.concat([...rest, chunk.subarray(start, end)]);
        [rest, restLength, start] = [[], 0, end + 1];
        lines += 1;
      }
      rest.push(chunk.subarray(start));
      restLength += chunk.length - start;
      if (restLength > longestLine) throw tooLong(path, lines + 1);
    }
  } catch (error) {
    explainReadFailure(path, error);
  }
  if (restLength > 0) yield Buffer.concat(rest);
}

function tooLong(file: string, line: number): ImportError {
  const what = `The line is longer than ${longestLine} bytes.`;
  return new ImportError({
    file,
    line,
    what,
    remedy: 'The file must hold one asset a line (JSON Lines), not one long list.',
  });
}

function assetOrFault(bytes: Buffer, path: string, line: number): AssetLine['asset'] | null {
  try {
    const text = decodeText(bytes, path, line).trim();
    return text === '' ? null : parseAsset(text, path, line);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
}

function parseAsset(text: string, file: string, line: number): JsonRecord & { path: string } {
  const asset = parseLine(text, file, line);
  const remedy = 'The file must hold one asset a line (JSON Lines), each with its path.';
  if (!isRecord(asset)) throw new ImportError({ file, line, what: 'The line is not an object.', remedy });
  const { path } = asset;
  if (typeof path !== 'string' || path.trim() === '') {
    throw new ImportError({ file, line, what: 'The asset has no path.', remedy });
  }
  return { ...asset, path: path.trim().replace(/^\/+/, '') };
}

function parseLine(text: string, file: string, line: number): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const cutOff = !text.endsWith('}') && text.startsWith('{');
    const what = cutOff
      ? 'The line ends in the middle of an asset; the file seems to be cut off.'
      : 'The line is not valid JSON.';
    const remedy = cutOff
      ? 'Download the file again.'
      : 'The file must hold one JSON object a line; download it again.';
    throw new ImportError({ file, line, what, remedy }, { cause });
  }
}
