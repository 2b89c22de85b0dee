import type { Command } from 'commander';
import { count, OperatorError, printable } from '../commands/telling';
import type { ImportOutcome } from '../tree/outcome';
import { signOfAnother } from './another-set';
import { ChangedMeanwhile, Client, type Found } from './client';
import type { Entry } from '../tree/entry';
import { ImportError, ImportErrors } from './import-error';
import { type Joined, joinStored } from './joining';
import { knownByName } from './known-project';
import { showProgress } from './progress';
import { publishImported } from './publish-imported';
import { faultLines, listed, outcomeLines, whereToLook } from './outcome-text';
import { checkReportFile, type Told, writeReport } from './report-file';
import { formatReport } from './report-text';
import { isOfArchive, type SourceTree } from './source-tree';
import { isTimeZone } from './times';
import { withKeys } from './stored-keys';
import { type ReadSource, sources } from './sources';
import { giveTemplate } from './give-template';

interface Options {
  project?: string;
  into?: string;
  timeZone?: string;
  of?: string;
  template?: string | true;
  public: boolean;
  dryRun: boolean;
  report?: string;
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
    .option('--report <file>', 'write the whole report there, as JSON')
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
  const read = readerOf(source, options);
  const client = await Client.fromEnvironment(process.env, dataDir);
  if (options.report !== undefined) await checkReportFile(options.report);
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
  const { entries, findings, outcome } = await storeJoined(tree, options, client);
  const address = outcome.projectId === null ? null : client.addressOf(outcome.projectId);
  const whole = { ...report, findings: [...findings, ...report.findings] };
  await tell({ source: tree.source, report: whole, outcome, dryRun: options.dryRun, address }, options, places);
  if (options.public && !options.dryRun)
    await publishImported(client, outcome, { entries, isOfArchive: isOfArchive(tree.source) }, say);
  if (outcome.projectId !== null && address !== null && !options.dryRun)
    for (const line of whereToLook(outcome.projectId, client.origin, address)) say(line);
  if (report.findings.some(({ kind }) => kind === 'LEFT_OUT')) process.exitCode = exitCodeOfPart;
}

/** How often the project may change between being read and being written. */
const mostTries = 3;

/** Joins the tree to what is stored, and sends it; anew, where somebody has changed that meanwhile. */
async function storeJoined(
  tree: SourceTree,
  options: Options,
  client: Client,
  tries = 1,
): Promise<Joined & { outcome: ImportOutcome }> {
  const { state, ...joined } = await joinedToStored(tree, options, client);
  const sending = showProgress('Sending');
  try {
    const onSent = (sent: number): void => sending.update(sent, joined.entries.length);
    const outcome = await client.import(joined.entries, { dryRun: options.dryRun, ifState: state }, onSent);
    return { ...joined, outcome };
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile) || tries === mostTries) throw error;
  } finally {
    sending.end();
  }
  return storeJoined(tree, options, client, tries + 1);
}

function readerOf(source: string, { timeZone }: Options): (typeof sources)[string] {
  const read = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (!read)
    throw new OperatorError(`There is no source ${JSON.stringify(source)}: use ${Object.keys(sources).join(' or ')}.`);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new OperatorError(`There is no time zone ${timeZone}: name one such as Europe/Zurich.`);
  return read;
}

/** The project to import into: the one named, else the one that an import has made of this set, else one that goes by its identifier. */
async function projectFor(tree: SourceTree, { into }: Options, client: Client): Promise<Found & { key: string }> {
  const key = into ?? keyOfProject(tree);
  const found = await client.find(key);
  const known = into === undefined && found.projectId === null ? await knownByName(tree, client) : null;
  return known === null ? { key, ...found } : { key: known, ...(await client.find(known)) };
}

/** What is to be sent: the tree as the options name its project, joined to what is stored of it. */
async function joinedToStored(
  tree: SourceTree,
  options: Options,
  client: Client,
): Promise<Joined & { state: string | null }> {
  const { key, projectId, state } = await projectFor(tree, options, client);
  if (options.into !== undefined && projectId === null)
    throw new OperatorError(`There is no project ${options.into} that you can import into.`);
  const stored = projectId === null ? [] : await client.export(projectId);
  const sign = options.into === undefined ? signOfAnother(tree, stored) : null;
  if (sign !== null)
    throw new OperatorError(
      `The project ${projectId} goes by the identifier of this set, but ${sign}: name the project that is meant with --into.`,
    );
  const { entries, findings } = joinStored(
    withKeys(tree, new Map([[keyOfProject(tree), key]])),
    stored.map((entry) => (entry.type === 'Project' ? { ...entry, key } : entry)),
  );
  return { entries: entries.map((entry) => renamed(entry, options.project)), findings, state };
}

/** Writes the report, and says it, faults of the whole set first; throws where the server has refused the set. */
async function tell(told: Told, { report: file }: Options, places: ReadSource['places']): Promise<void> {
  const { report, outcome, dryRun } = told;
  if (file !== undefined) await writeReport(file, told);
  for (const line of [...faultLines(outcome.faults, places), ...formatReport(report, process.stdout.columns)])
    say(line);
  say('');
  if (outcome.faults.length > 0)
    throw new OperatorError(`Nothing was imported: ${count(outcome.faults.length, 'fault')}, listed above.`);
  for (const line of outcomeLines(outcome, dryRun)) say(line);
}

/** Everything else was imported, but something was faulty, and is left out. */
const exitCodeOfPart = 3;

function keyOfProject({ entries }: SourceTree): string {
  return entries.find(({ type }) => type === 'Project')!.key;
}

function renamed(entry: Entry, name: string | undefined): Entry {
  return entry.type === 'Project' && name !== undefined ? { ...entry, name } : entry;
}

/** All that is wrong with a set, where that is more than one thing. */
function tellAll(error: unknown): never {
  if (error instanceof ImportErrors && error.all.length > 1)
    for (const line of listed(error.all.map(({ message }) => message))) say(line);
  throw error;
}
