import type { Command } from 'commander';
import { count, OperatorError, printable } from '../commands/telling';
import { Client } from './client';
import type { Entry } from '../tree/entry';
import { ImportError } from './import-error';
import { joinStored } from './joining';
import { showProgress } from './progress';
import { publishImported } from './publish-imported';
import { formatReport } from './report';
import type { SourceTree } from './source-tree';
import { sources } from './sources';
import type { ImportFault, ImportOutcome } from '../tree/outcome';

interface Options {
  project?: string;
  into?: string;
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
    .argument('<path>', 'the folder or file that holds it')
    .option('--project <name>', 'what the project is to be called (default: as the source calls it)')
    .option(
      '--into <id>',
      'the project to import into, where you contribute (default: yours, as it was imported before)',
    )
    .option('--public', 'publish the project, with the data storages that the set brings', false)
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .action((source: string, path: string, options: Options) => importSource(source, path, options, dataDir()));
}

/** Reads the whole set first, so that a faulty one never reaches the server; then sends it, and tells what became of it. */
async function importSource(source: string, path: string, options: Options, dataDir: string): Promise<void> {
  const read = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (!read)
    throw new OperatorError(`There is no source ${JSON.stringify(source)}: use ${Object.keys(sources).join(' or ')}.`);
  const client = await Client.fromEnvironment(process.env, dataDir);
  if (options.into !== undefined) await requireProject(client, options.into);
  const reading = showProgress('Reading');
  const { tree, report } = await read(path, reading.update).finally(reading.end);
  if (options.public && tree.source.openAccess === false) {
    const what = 'The set is not open to everybody at its source.';
    throw new ImportError({ file: path, what, remedy: 'Import it without --public.' });
  }
  const project = keyOfProject(tree);
  const projectId = options.into ?? (await client.find(project));
  const stored = projectId === null ? [] : await client.export(projectId);
  const joined = joinStored(
    tree,
    stored.map((entry) => (entry.type === 'Project' ? { ...entry, key: project } : entry)),
  );
  const entries = joined.entries.map((entry) => withOptions(entry, options));
  const sending = showProgress('Sending');
  const outcome = await client
    .import(entries, options.dryRun, (sent) => sending.update(sent, entries.length))
    .finally(sending.end);
  for (const line of formatReport({ ...report, findings: [...joined.findings, ...report.findings] })) say(line);
  say('');
  if (outcome.faults.length > 0) throw refused(outcome.faults);
  for (const line of describe(outcome, options)) say(line);
  if (options.public && !options.dryRun) await publishImported(client, outcome, entries, say);
}

function keyOfProject({ entries }: SourceTree): string {
  return entries.find(({ type }) => type === 'Project')!.key;
}

/** Whatever is not the id of a project to write in would become the key of a new one. */
async function requireProject(client: Client, id: string): Promise<void> {
  const query = 'query ($id: ID!) { project(id: $id) { viewerRole } }';
  const { project } = await client.graphql<{ project: { viewerRole: string | null } | null }>(query, { id });
  if (project === null) throw new OperatorError(`There is no project ${JSON.stringify(id)} that you can see (--into).`);
  if (!['CONTRIBUTOR', 'MANAGER', 'OWNER'].includes(project.viewerRole ?? ''))
    throw new OperatorError(`You would have to be a contributor of the project ${id} to import into it (--into).`);
}

/** A project is found again by its id, which stands in place of its key. */
function withOptions(entry: Entry, { project: name, into: id }: Options): Entry {
  if (entry.type !== 'Project') return entry;
  return { ...entry, ...(name !== undefined && { name }), ...(id !== undefined && { key: id }) };
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

/** What is wrong, one fault a line; the error itself is one line. */
function refused(faults: readonly ImportFault[]): OperatorError {
  for (const { key, path, message } of faults.slice(0, mostTold))
    say(`  ${[key ?? 'The set', path.join('.')].filter((part) => part !== '').join(', ')}: ${message}`);
  if (faults.length > mostTold) say(`  … and ${faults.length - mostTold} more`);
  return new OperatorError(`Nothing was imported: ${count(faults.length, 'fault')}, listed above.`);
}
