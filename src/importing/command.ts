import type { Command } from 'commander';
import { count, OperatorError, printable } from '../commands/run';
import { readConfig } from '../config';
import { Client } from './client';
import type { Entry } from './entry';
import { ImportError } from './import-error';
import { showProgress } from './progress';
import { publishImported } from './publish-imported';
import { formatReport } from './report';
import { sources } from './sources';
import type { ImportFault } from './storing/faults';
import type { ImportOutcome } from './storing/import-tree';

interface Options {
  project?: string;
  public: boolean;
  dryRun: boolean;
}

const say = (line: string): void => void process.stdout.write(`${printable(line)}\n`);

/** `stemgraph import <source> <path>` */
export function registerImportCommand(program: Command): void {
  program
    .command('import')
    .description(
      'Import a data set into a running server, as the holder of a token: see STEMGRAPH_URL, STEMGRAPH_TOKEN.',
    )
    .argument('<source>', `the format of the set: ${Object.keys(sources).join(', ')}`)
    .argument('<path>', 'the folder or file that holds it')
    .option('--project <name>', 'what the project is to be called (default: as the source calls it)')
    .option('--public', 'publish the project, with the data storages that the set brings', false)
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .action(importSource);
}

/** Reads the whole set first, so that a faulty one never reaches the server; then sends it, and tells what became of it. */
async function importSource(source: string, path: string, options: Options): Promise<void> {
  const read = Object.hasOwn(sources, source) ? sources[source] : undefined;
  if (!read)
    throw new OperatorError(`There is no source ${JSON.stringify(source)}: use ${Object.keys(sources).join(' or ')}.`);
  const client = await Client.fromEnvironment(process.env, readConfig(process.env).dataDir);
  const reading = showProgress('Reading');
  const { tree, report } = await read(path, reading.update).finally(reading.end);
  if (options.public && tree.source.openAccess === false) {
    const what = 'The set is not open to everybody at its source.';
    throw new ImportError({ file: path, what, remedy: 'Import it without --public.' });
  }
  const entries = tree.entries.map((entry) => renamed(entry, options.project));
  const sending = showProgress('Sending');
  const outcome = await client
    .import(entries, options.dryRun, (sent) => sending.update(sent, entries.length))
    .finally(sending.end);
  for (const line of formatReport(report)) say(line);
  say('');
  if (outcome.faults.length > 0) throw refused(outcome.faults);
  for (const line of describe(outcome, options)) say(line);
  if (options.public && !options.dryRun) await publishImported(client, outcome, entries, say);
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

/** What is wrong, one fault a line; the error itself is one line. */
function refused(faults: readonly ImportFault[]): OperatorError {
  for (const { key, path, message } of faults.slice(0, mostTold))
    say(`  ${[key ?? 'The set', path.join('.')].filter((part) => part !== '').join(', ')}: ${message}`);
  if (faults.length > mostTold) say(`  … and ${faults.length - mostTold} more`);
  return new OperatorError(`Nothing was imported: ${count(faults.length, 'fault')}, listed above.`);
}
