import { basename, join } from 'node:path';
import { StartupError } from '../startup-error';

/**
 * The line for a full disk, whether the file system, a quota or PostgreSQL itself noticed it.
 *
 * @param dataDir the data folder, named in the message
 */
export function diskFull(dataDir: string): StartupError {
  return new StartupError(
    `The disk that holds ${dataDir} is full: free at least 100 MB on it, or set DATA_DIR to a folder on another disk.`,
  );
}

/**
 * Turns an error met while the database was being started into one for the operator where its cause is known: a full
 * disk, a folder that may not be written, a file in the place of a folder, a wrong password. An error that has nothing to
 * do with a file is returned as it came, because it is a defect whose stack matters.
 *
 * @param error what was thrown
 * @param dataDir the data folder, named in the message
 */
export function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof StartupError) return error;
  const { code, path, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const where = path === undefined || basename(path).startsWith('lock-') ? dataDir : path;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100': // PostgreSQL's disk_full
      return diskFull(dataDir);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupError(
        `${dataDir} cannot be a folder, since it or a part of its path is a file: set DATA_DIR to a folder.`,
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartupError(
        `No access to ${where} (${code}): start Stemgraph as the account that owns ${dataDir}, ` +
          'or set DATA_DIR to a folder this account can write.',
        { cause: error },
      );
    case '28P01': // PostgreSQL's invalid_password
      return new StartupError(
        `The password in ${join(dataDir, 'postgres.json')} does not open the database beside it: ` +
          'put back the file that belongs to it, or delete the file and a new password is set at the next start.',
        { cause: error },
      );
    default:
      if (path === undefined) return error;
      return new StartupError(
        `The data folder ${dataDir} cannot be used (${message}): set DATA_DIR to another folder.`,
        { cause: error },
      );
  }
}

/**
 * The error for a PostgreSQL program that ended badly, made from what it printed.
 *
 * @param step what was being done, as the start of a sentence: "PostgreSQL could not …"
 * @param output everything the program printed
 * @param dataDir the data folder, named in the message
 */
export function programFailure(step: string, output: string, dataDir: string): StartupError {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return diskFull(dataDir);
  if (/error while loading shared libraries|Library not loaded/.test(output)) {
    return new StartupError(
      'The PostgreSQL that comes with Stemgraph was not installed completely (npm was told to run no install scripts): ' +
        'run `npm rebuild`, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  if (/could not look up effective user ID/.test(output)) {
    return new StartupError(
      `The user id ${String(process.getuid?.())} has no name on this system, which PostgreSQL requires: ` +
        'run Stemgraph as a user listed in /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /\b(FATAL|PANIC|DETAIL|error):/.test(line)).slice(0, 3);
  const reason = (telling.length > 0 ? telling : lines.slice(-3)).map((line) => line.replace(/^.*?\] /, '')).join(' ');
  return new StartupError(`${step}: ${reason || 'it gave no reason'}`);
}
