import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

/** Something that happens to one file of a set, and makes it another. `other` is another file of the set. */
export type Damage = (file: string, other: string) => void;

const rewrite = (change: (text: string, other: string) => string | Uint8Array): Damage => {
  return (file, other) => writeFileSync(file, change(readFileSync(file, 'utf8'), readFileSync(other, 'utf8')));
};

/** Every line of a table, every leaf of a document. */
function everyCell(text: string, file: string, value: string): string {
  if (file.endsWith('.tsv')) {
    const [head = '', ...rows] = text.split('\n');
    return [head, ...rows.map((row) => row.replace(/[^\t\r]+/g, value))].join('\n');
  }
  const without = (json: string): string =>
    JSON.stringify(JSON.parse(json), (_, inner: unknown) => (typeof inner === 'object' ? inner : value));
  return file.endsWith('.jsonl') ? text.trim().split('\n').map(without).join('\n') : without(text);
}

function tenTimesTheColumns(text: string, file: string): string {
  const more = Array.from({ length: 200 }, (_, at) => `more_${at}`);
  if (!file.endsWith('.tsv')) {
    const wider = (json: string): string =>
      JSON.stringify({
        ...(JSON.parse(json) as object),
        ...Object.fromEntries(more.map((key) => [key, `new ${key}`])),
      });
    return file.endsWith('.jsonl') ? text.trim().split('\n').map(wider).join('\n') : wider(text);
  }
  return text
    .trimEnd()
    .split('\n')
    .map((row, at) => [row, ...more.map((key) => (at === 0 ? key : `new ${key}`))].join('\t'))
    .join('\n');
}

const ofData = (change: (text: string, file: string) => string): Damage => {
  return (file) => {
    if (/\.(?:tsv|json|jsonl)$/.test(file)) writeFileSync(file, change(readFileSync(file, 'utf8'), file));
  };
};

/** What happens to files on their way, or in the hands of people. */
export const damages: Record<string, Damage> = {
  'cut off in the middle': rewrite((text) => text.slice(0, text.length / 2)),
  empty: rewrite(() => ''),
  'another file of the set': rewrite((_, other) => other),
  'in UTF-16': rewrite((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  'in Latin-1': rewrite((text) => Buffer.from(`${text}\u00e9`, 'latin1')),
  'a folder': (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  'a link that leads nowhere': (file) => {
    rmSync(file);
    symlinkSync('nowhere', file);
  },
  'a pointer of git-annex': rewrite(() => '/annex/objects/MD5E-s77--0123456789abcdef0123456789abcdef.tsv\n'),
  'a pointer of Git LFS': rewrite(() => 'version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 77\n'),
  'with ten times the columns': ofData(tenTimesTheColumns),
  'with every cell n/a': ofData((text, file) => everyCell(text, file, 'n/a')),
};
