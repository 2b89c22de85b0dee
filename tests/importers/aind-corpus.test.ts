import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { ImportError } from '../../src/importers/import-error';
import { formatReport } from '../../src/importers/report-text';
import { brokenEntryRules } from './entry-rules';
import { corpus as allCorpora, corpusFiles, describeCorpus, isLong, tellWhereCorpusIs } from './reading';

tellWhereCorpusIs();

const corpus = join(allCorpora, 'aind');

/** What other services keep about animals, in forms of their own. */
const noMetadata = /nsb20|tars__|u19__example_downloaded_response/;
const folders = ['records_open', 'by_type', 'schema_examples', 'mapper_fixtures', 'service_fixtures'];
const files = folders.flatMap((folder) => corpusFiles(`aind/${folder}`).map((name) => `${folder}/${name}`));
const readable = files.filter((file) => !noMetadata.test(file));
const rows = (list: string[]): string[] => (list.length > 0 ? list : ['none']);

/** What the schema, a registry or a unit is called, times that become seconds, and words that become a type. */
const becomesSomethingElse =
  /describedBy|schema_version|object_type|_unit$|registry|abbreviation|common_name|^atlas$|_time$|procedure_type|^location$/;

function valuesIn(value: unknown, path: string[]): { path: string; text: string }[] {
  if (Array.isArray(value)) return value.flatMap((inner) => valuesIn(inner, path));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => valuesIn(inner, [...path, key]));
  }
  if (
    value === null ||
    value === '' ||
    (typeof value === 'string' && /^n\/a$/i.test(value.trim())) ||
    typeof value === 'boolean' ||
    becomesSomethingElse.test(path.at(-1) ?? '')
  )
    return [];
  if (path.some((part) => part === 'registry')) return [];
  return [
    {
      path: path.join('.'),
      text: plain(typeof value === 'string' ? value : JSON.stringify(value))
        .trim()
        .slice(0, 60)
        .trim(),
    },
  ];
}

/** Without the escapes of JSON inside JSON, and in one case, to compare texts. */
function plain(text: string): string {
  return text
    .replace(/\\+n|\s+/g, ' ')
    .replace(/\\+(["\\/])/g, '$1')
    .replaceAll('\\', '/')
    .toLowerCase();
}

describeCorpus('published AIND metadata', () => {
  it('are 52 records and 50 single documents', () => {
    const records = readable.filter((file) => file.startsWith('records_open/'));
    expect([records.length, readable.length - records.length]).toEqual([52, 50]);
  });

  it.each(rows(readable))('%s gives a tree without faults, the same twice', async (file) => {
    const { tree, report } = await readAind(join(corpus, file));
    expect(brokenEntryRules(tree)).toEqual([]);
    expect((await readAind(join(corpus, file))).tree).toEqual(tree);
    if (isLong) console.log([file, ...formatReport(report)].join('\n'));
  });

  it.each(rows(readable))('%s loses no name, text or number', async (file) => {
    const { tree } = await readAind(join(corpus, file));
    const kept = plain(JSON.stringify(tree));
    const stated = valuesIn(JSON.parse(readFileSync(join(corpus, file), 'utf8')), []);
    expect(stated.filter(({ text }) => !kept.includes(text) && !kept.includes(String(Number(text))))).toEqual([]);
  });

  it('records make one project, with every subject and every session', async () => {
    const { tree, report } = await readAind(join(corpus, 'records_open'));
    expect(brokenEntryRules(tree)).toEqual([]);
    expect([report.read.records, report.mapped.Session, report.mapped.Subject]).toEqual([52, 52, 50]);
    if (isLong) console.log(formatReport(report).join('\n'));
  });

  it.each(rows(files.filter((file) => noMetadata.test(file))))('%s is no AIND metadata', async (file) => {
    const outcome: unknown = await readAind(join(corpus, file)).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ImportError);
  });
});
