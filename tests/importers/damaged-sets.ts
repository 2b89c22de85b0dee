import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { isTerm } from '../../src/model/families';
import { ImportError } from '../../src/importers/import-error';
import type { Report } from '../../src/importers/report';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { brokenEntryRules } from './entry-rules';
import { fixture, folderOf } from './reading';

/** What may happen to a file on its way; `other` is another file of the set. */
const damages: Record<string, (path: string, other: string) => void> = {
  'cut off in its middle': (path) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
  },
  'cut off before its end': (path) => writeFileSync(path, readFileSync(path).subarray(0, -3)),
  empty: (path) => writeFileSync(path, ''),
  "swapped for another's": (path, other) => writeFileSync(path, readFileSync(other)),
  'in UTF-16': (path) => writeFileSync(path, Buffer.from(`\ufeff${readFileSync(path, 'utf8')}`, 'utf16le')),
  'in UTF-16 without its mark': (path) => writeFileSync(path, Buffer.from(readFileSync(path, 'utf8'), 'utf16le')),
  'in Latin-1': (path) => {
    const text = readFileSync(path, 'utf8').replace(/[aeiou](?=[a-z]*[\r\n"])/i, 'é');
    writeFileSync(path, Buffer.from(text, 'latin1'));
  },
  'replaced by a folder': (path) => replace(path, () => mkdirSync(path)),
  'replaced by a dangling link': (path) => replace(path, () => symlinkSync('nowhere', path)),
  'replaced by a link that leads out': (path) => replace(path, () => symlinkSync(__filename, path)),
  'replaced by a pointer': (path) =>
    writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n'),
};

function replace(path: string, by: () => void): void {
  rmSync(path);
  by();
}

/** Every damage to every file of a set, and whatever else is given: `[what happened, to which file, the damaged set]`. */
export function damagedSets(
  set: string,
  files: readonly string[],
  further: Record<string, (path: string) => void>,
): [what: string, file: string, make: () => string][] {
  return Object.entries({ ...damages, ...further }).flatMap(([what, damage]) =>
    files.map((file, at): [string, string, () => string] => [
      what,
      file,
      () => {
        const folder = join(folderOf({}), set);
        cpSync(fixture(set), folder, { recursive: true });
        damage(join(folder, file), join(folder, files[(at + 1) % files.length]!));
        return folder;
      },
    ]),
  );
}

/** Whether the set was refused, with the file named and something to do. */
export function isClearFault(error: unknown): error is ImportError {
  return error instanceof ImportError && error.file !== '' && error.remedy !== '' && !/\p{Cc}/u.test(error.message);
}

/**
 * What a tree says that the whole set does not: of entries that both have, values that differ; entries that the set has not.
 * What is missing is no wrong value, if the report tells; what the report decided about the end of a file counts as told.
 */
export function wrongIn({ tree, report }: { tree: SourceTree; report: Report }, whole: SourceTree): string[] {
  const good = new Map(withPlainWords(whole.entries).map((entry) => [entry.key, entry]));
  const told = report.findings.filter(({ message }) => message.includes('see that its last row is whole'));
  const isTold = (value: unknown): boolean =>
    told.some(({ example: { value: last } }) => last !== null && lower(value).includes(last.toLowerCase()));
  const wrong = withPlainWords(tree.entries).flatMap((entry) => {
    const known = good.get(entry.key);
    // A project that cannot be told from others is one of its own.
    if (!known) return entry.type === 'Project' || isTold(entry) ? [] : [`${entry.key}: there is no such thing`];
    return Object.entries(entry).flatMap(([field, value]) =>
      isAmong(value, known[field]) || isAssumed(tree, entry, field) || isTold(value)
        ? []
        : [`${entry.key} ${field}: ${JSON.stringify(value)}`],
    );
  });
  // Of those who are not there, none is in it.
  const rules = brokenEntryRules(tree).filter((rule) => !rule.endsWith('has no subjects'));
  return [...wrong, ...rules];
}

const lower = (value: unknown): string => JSON.stringify(value).toLowerCase();

/** Entries in which shared terms are known by their names, whatever their keys: a row of theirs, or only their name. */
function withPlainWords(entries: readonly Entry[]): Entry[] {
  const names = new Map(
    entries.flatMap(({ type, key, name, title }) =>
      isTerm(type) ? [[key, `${type} ${lower(name ?? title)}`] as const] : [],
    ),
  );
  const plain = (value: unknown): unknown => (typeof value === 'string' ? (names.get(value) ?? value) : value);
  return entries.map(
    (entry) => Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, plain(value)])) as Entry,
  );
}

function isAssumed({ assumed }: SourceTree, { key }: Entry, field: string): boolean {
  return [...(assumed.get(key) ?? [])].some((one) => one === field || one.startsWith(`${field}.`));
}

/** Whether a value is the same, or a part of it: fewer entries of a list, fewer fields. Extra fields may be more. */
function isAmong(value: unknown, whole: unknown): boolean {
  if (Array.isArray(value))
    return Array.isArray(whole) && value.every((one) => whole.some((other) => isAmong(one, other)));
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(value, whole);
  if (typeof whole !== 'object' || whole === null) return !('value' in value);
  const known = whole as Record<string, unknown>;
  return Object.entries(value).every(([name, one]) => {
    if (!Object.hasOwn(known, name)) return true;
    const other = known[name];
    return typeof one === 'string' && typeof other === 'string' ? isAmongLines(one, other) : isAmong(one, other);
  });
}

/** What several say, a line each; of what is not there its id is said, of what cannot be stored all that is known. */
function isAmongLines(text: string, whole: string): boolean {
  const isOfRecord = (line: string): boolean => /(?:^|: )[0-9a-f-]{36}$|^\{"id":/.test(line);
  return text.split('\n').every((line) => whole.includes(line) || isOfRecord(line));
}
