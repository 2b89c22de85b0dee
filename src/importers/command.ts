import type { Command } from 'commander';
import { count, OperatorError, printable } from '../commands/telling';
import { Client } from './client';
import type { Entry } from '../tree/entry';
import { ImportError, ImportErrors } from './import-error';
import { joinStored } from './joining';
import { showProgress } from './progress';
import { publishImported } from './publish-imported';
import { formatReport } from './report';
import { isOfArchive, type SourceTree } from './source-tree';
import { isTimeZone } from './times';
import { type ReadSource, sources } from './sources';
import { giveTemplate } from './give-template';
import type { ImportFault, ImportOutcome } from '../tree/outcome';

interface Options {
  project?: string;
  into?: string;
  timeZone?: string;
  of?: string;
  template?: string | true;
  public: boolean;
  dryRun: boolean;
}

const say = (line: string): void => void process.stdout.write(`${printable(line)}\n`);

/** `stemgraph import <source> <path>`. The token of a demo on this machine lies in `dataDir`. */
export function registerImportCommand(program: Command, dataDir: () => string): void {
  program
    .command('import')
    .description(
      'Import a data set into a running server, as the holder of a token: see STEMGRAPH_URL, STEMGRAPH_TOKEN.',
    )
    .argument('<source>', `the format of the set: ${Object.keys(sources).join(', ')}`)
    .argument('[path]', 'the folder or file that holds it')
    .option('--project <name>', 'what the project is to be called (default: as the source calls it)')
    .option('--into <id>', 'the project to put it into (default: the one that this set made, else a new one)')
    .option('--time-zone <name>', 'where clocks showed times that are stated without a zone, such as Europe/Zurich')
    .option('--of <project>', 'which project, by id or name, of a source that holds several (brainstem)')
    .option('--public', 'publish the project, with the data storages of an archive', false)
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .option('--template [folder]', 'print empty tables that say what to write where, or put them into a folder (csv)')
    .action(async (source: string, path: string | undefined, options: Options) => {
      if (options.template !== undefined)
        return giveTemplate(source, options.template === true ? path : options.template, say);
      if (path === undefined) throw new OperatorError(`Name the folder or file: \`import ${source} <path>\`.`);
      return importSource(source, path, options, dataDir());
    });
}

/** Reads the whole set first, so that a faulty one never reaches the server; then sends it, and tells what became of it. */
async function importSource(source: string, path: string, options: Options, dataDir: string): Promise<void> {
  const read = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (!read)
    throw new OperatorError(`There is no source ${JSON.stringify(source)}: use ${Object.keys(sources).join(' or ')}.`);
  if (options.timeZone !== undefined && !isTimeZone(options.timeZone))
    throw new OperatorError(`There is no time zone ${options.timeZone}: name one such as Europe/Zurich.`);
  const client = await Client.fromEnvironment(process.env, dataDir);
  const reading = showProgress('Reading');
  const { tree, report, places } = await read(path, reading.update, {
    timeZone: options.timeZone ?? null,
    project: options.of ?? null,
  })
    .finally(reading.end)
    .catch(tellAll);
  if (options.public && tree.source.openAccess === false) {
    const what = 'The set is not open to everybody at its source.';
    throw new ImportError({ file: path, what, remedy: 'Import it without --public.' });
  }
  const key = options.into ?? keyOfProject(tree);
  const projectId = await client.find(key);
  if (options.into !== undefined && projectId === null)
    throw new OperatorError(`There is no project ${options.into} that you can import into.`);
  const stored = projectId === null ? [] : await client.export(projectId);
  const joined = joinStored(
    into(tree, key),
    stored.map((entry) => (entry.type === 'Project' ? { ...entry, key } : entry)),
  );
  const entries = joined.entries.map((entry) => renamed(entry, options.project));
  const sending = showProgress('Sending');
  const outcome = await client
    .import(entries, options.dryRun, (sent) => sending.update(sent, entries.length))
    .finally(sending.end);
  for (const line of formatReport({ ...report, findings: [...joined.findings, ...report.findings] })) say(line);
  say('');
  if (outcome.faults.length > 0) throw refused(outcome.faults, places);
  for (const line of describe(outcome, options)) say(line);
  if (options.public && !options.dryRun)
    await publishImported(client, outcome, { entries, isOfArchive: isOfArchive(tree.source) }, say);
}

function keyOfProject({ entries }: SourceTree): string {
  return entries.find(({ type }) => type === 'Project')!.key;
}

/** The tree with another key for its project. */
function into(tree: SourceTree, key: string): SourceTree {
  const own = keyOfProject(tree);
  const moved = <T>(noted: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...noted].map(([of, fields]) => [of === own ? key : of, fields]));
  const entries = tree.entries.map((entry) => (entry.type === 'Project' ? { ...entry, key } : entry));
  return { ...tree, entries, assumed: moved(tree.assumed), emptied: moved(tree.emptied) };
}

function renamed(entry: Entry, name: string | undefined): Entry {
  return entry.type === 'Project' && name !== undefined ? { ...entry, name } : entry;
}

function describe({ projectId, created, updated, unchanged, isPublic }: ImportOutcome, { dryRun }: Options): string[] {
  const [made, changed] = dryRun ? ['to be made', 'to be changed'] : ['made', 'changed'];
  return [
    created + updated === 0
      ? `Nothing ${dryRun ? 'would change' : 'has changed'}: ${unchanged} are as they were.`
      : `${created} ${made}, ${updated} ${changed}, ${unchanged} as they were.`,
    ...(isPublic && created > 0 ? ['The project is public: everybody can read what is new in it.'] : []),
    ...(projectId === null ? [] : [`The project's id: ${projectId}`]),
    ...(dryRun ? ['This was a dry run: nothing is stored.'] : []),
  ];
}

const mostTold = 50;

/** What is wrong, one fault a line, with where the source names it; the error itself is one line. */
function refused(faults: readonly ImportFault[], places: ReadSource['places']): OperatorError {
  tellFaults(
    faults.map(({ key, path, message }) => {
      const place = key === null ? undefined : places?.get(key);
      const where = place && `${place.file}${place.line === undefined ? '' : `, line ${place.line}`}`;
      const parts = [where ?? '', key ?? 'The set', path.join('.')];
      return `${parts.filter((part) => part !== '').join(', ')}: ${message}`;
    }),
  );
  return new OperatorError(`Nothing was imported: ${count(faults.length, 'fault')}, listed above.`);
}

/** All that is wrong with a set, where that is more than one thing. */
function tellAll(error: unknown): never {
  if (error instanceof ImportErrors && error.all.length > 1) tellFaults(error.all.map(({ message }) => message));
  throw error;
}

function tellFaults(lines: readonly string[]): void {
  for (const line of lines.slice(0, mostTold)) say(`  ${line}`);
  if (lines.length > mostTold) say(`  … and ${lines.length - mostTold} more`);
}
