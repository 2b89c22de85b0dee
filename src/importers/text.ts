import { ImportError } from './import-error';

/**
 * The text of bytes that must be UTF-8; a byte order mark is dropped. Throws an ImportError that names the line of the
 * first byte that is no UTF-8, counted from `firstLine`.
 */
export function decodeText(bytes: Uint8Array, file: string, firstLine = 1): string {
  refuseForeignStart(bytes, file, firstLine);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = firstLine + linesBeforeFault(bytes);
    const what = 'There are bytes here that are not UTF-8.';
    const remedy = 'Download the file again; if it is so at the source, save it as UTF-8.';
    throw new ImportError({ file, line, what, remedy }, { cause });
  }
}

/** Throws an ImportError for a text that no editor of texts writes. */
export function refuseNul(text: string, file: string): void {
  const nul = text.indexOf('\0');
  if (nul === -1) return;
  const line = text.slice(0, nul).split('\n').length;
  const what = 'There is a NUL character here, as in a UTF-16 or binary file.';
  throw new ImportError({ file, line, what, remedy: 'Save the file as UTF-8 text and try again.' });
}

/** Files that are whole but of another kind deserve a better answer than "not UTF-8". */
function refuseForeignStart(bytes: Uint8Array, file: string, firstLine: number): void {
  if (firstLine !== 1) return;
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new ImportError({ file, line: 1, what: 'The file is UTF-16.', remedy: 'Save it as UTF-8 and try again.' });
  }
  if (first === 0x1f && second === 0x8b) {
    throw new ImportError({ file, what: 'The file is compressed (gzip).', remedy: 'Unpack it and try again.' });
  }
}

/** How many line breaks precede the first byte that is no UTF-8: everything up to it decodes, so decode line by line. */
function linesBeforeFault(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = 0, line = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return 0;
}

const reasons: Record<string, [what: string, remedy: string]> = {
  ENOENT: ['There is nothing at this path.', 'Check the path.'],
  ENOTDIR: ['Part of this path is not a folder.', 'Check the path.'],
  EACCES: ['Reading this is not permitted.', 'Give the user that runs the import the right to read it.'],
  EPERM: ['Reading this is not permitted.', 'Give the user that runs the import the right to read it.'],
  EISDIR: ['This is a folder, not a file.', 'Put the file itself there.'],
};

/** Turns an error of the file system into an ImportError that says what to do; never returns. */
export function explainReadFailure(file: string, cause: unknown): never {
  if (cause instanceof ImportError) throw cause;
  const code = codeOf(cause) ?? 'unknown error';
  const [what, remedy] = reasons[code] ?? [`It cannot be read (${code}).`, 'Check the disk and try again.'];
  throw new ImportError({ file, what, remedy }, { cause });
}

/** The code that an error of the file system carries (`ENOENT`); null for any other value. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}
