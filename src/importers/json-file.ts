import { open } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { ImportError } from './import-error';
import type { Json } from './json';
import { refusePointer } from './pointers';
import { explainReadFailure } from './text';

const largest = 64 * 1024 * 1024;

/** What to do about a file that was cut off or spoilt. */
export const toRepair = 'Download the file again, or correct it there.';

/** The bytes of a file that is not larger than any description, or page of a list. Throws an ImportError for what only stands for it. */
export async function readWhole(path: string): Promise<Buffer> {
  await refusePointer(path);
  const file = await open(path).catch((error: unknown) => explainReadFailure(path, error));
  try {
    const { size } = await file.stat();
    if (size > largest) {
      const what = `The file has ${size} bytes, more than any description, or page of a list.`;
      throw new ImportError({ file: path, what, remedy: 'Check that it is a description, not a list or data.' });
    }
    return await file.readFile().catch((error: unknown) => explainReadFailure(path, error));
  } finally {
    await file.close();
  }
}

/** The value of a JSON text; throws an ImportError with the line of the fault where it can be found. */
export function parseJson(text: string, path: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const line = lineOfFault(text);
    throw new ImportError(
      { file: path, line, what: `The file is not valid JSON: ${reason(cause)}.`, remedy: toRepair },
      { cause },
    );
  }
}

/** JSON.parse does not always say where; a YAML parser does, and JSON is YAML. Null where that finds nothing either. */
function lineOfFault(text: string): number | null {
  const lines = new LineCounter();
  try {
    const fault = parseDocument(text, { lineCounter: lines, schema: 'json' }).errors[0];
    return fault ? lines.linePos(fault.pos[0]).line : null;
  } catch {
    return null;
  }
}

/** What a parser says, without its full stop. */
export function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, '');
}
