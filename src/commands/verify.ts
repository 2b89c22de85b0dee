import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { accessInForce } from '../access/access';
import { driftOfDocuments, repairDocuments, type DocumentDrift } from '../access/kept-documents';
import { keptDifferences, repairKept, type Difference } from '../access/kept';
import { inTransaction } from '../database/transaction';
import { driftOfTallies, repairTallies, type TallyDrift } from '../discovery/dashboard/verify-tallies';
import { searchedTypes } from '../discovery/search/searchable';
import { run, type Open } from './run';
import { count } from './telling';

/** How many are told one by one. */
const mostTold = 20;

/** `stemgraph verify [--repair]` */
export function registerVerify(program: Command, open: Open): void {
  program
    .command('verify')
    .description(
      'Compare what is kept beside subjects and sessions, whether anybody sees them, what a search finds, and what the dashboard counts, with what they stand for.',
    )
    .option('--repair', 'write what there is in place of what was kept')
    .action(({ repair = false }: { repair?: boolean }) =>
      run(open, async (dataSource) => {
        const { lines, isRight } = await verify(dataSource, repair);
        if (!isRight) process.exitCode = 1;
        return lines;
      }),
    );
}

/** What is kept wrongly, in lines; and whether all is right now. */
export async function verify(dataSource: DataSource, repair: boolean): Promise<{ lines: string[]; isRight: boolean }> {
  const found = await inTransaction(dataSource, (manager) => keptDifferences(manager), {
    isolation: 'REPEATABLE READ',
  });
  // What is repaired there is counted again by the dashboard, so that comes first.
  if (repair && found.length > 0) await inTransaction(dataSource, (manager) => repairKept(manager, found));
  const counted = await (repair ? repairTallies : driftOfTallies)(dataSource, accessInForce);
  const documents = await inTransaction(dataSource, (manager) =>
    (repair ? repairDocuments : driftOfDocuments)(manager, searchedTypes),
  );
  if (found.length + counted.length + documents.length === 0)
    return { lines: ['What is kept is right.'], isRight: true };
  const lines = [...told(found), ...toldOfTallies(counted), ...toldOfDocuments(documents)];
  return { lines: [...lines, repair ? 'Repaired.' : 'Run it with --repair to put them right.'], isRight: repair };
}

function toldOfTallies(found: readonly TallyDrift[]): string[] {
  const some = found.slice(0, mostTold).map(({ kind, key, kept, seen }) => {
    const counted = key === '' ? kind : `${kind} ${key}`;
    return `The dashboard counts ${kept} of ${counted}, and the public sees ${seen}.`;
  });
  const more = found.length - some.length;
  return more > 0 ? [...some, `And ${more} more.`] : some;
}

const faults: Readonly<Record<DocumentDrift['fault'], string>> = {
  OPEN: 'is found by everybody, and nobody should find it',
  CLOSED: 'is not found by everybody, and should be',
  OF_NOTHING: 'has a document, and there is no such object',
  MISSING: 'is not found: it has no document until it is changed',
};

function toldOfDocuments(found: readonly DocumentDrift[]): string[] {
  const some = found.slice(0, mostTold).map(({ type, id, fault }) => `${type} ${id} ${faults[fault]}.`);
  const more = found.length - some.length;
  return more > 0 ? [...some, `And ${more} more.`] : some;
}

function told(found: readonly Difference[]): string[] {
  if (found.length === 0) return [];
  const some = found.slice(0, mostTold).map(({ type, id, kept, counted }) => {
    const danger = kept > 0 && counted === 0 ? ': everybody sees it, and nobody should' : '';
    return `${type} ${id} is kept as in ${count(kept, 'public project')}, and is in ${counted}${danger}.`;
  });
  const more = found.length - some.length;
  return [...some, ...(more > 0 ? [`And ${more} more.`] : []), `${count(found.length, 'number')} kept wrongly.`];
}
