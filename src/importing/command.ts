import { SingleBar } from 'cli-progress';
import type { OpenDatabase } from '../database/open';
import { readDandiset } from './dandi/read-dandiset';
import { ImportError } from './import-error';
import { formatReport } from './report';
import { storeTree, type StoreResult } from './storing/store-tree';

export interface ImportOptions {
  owner?: string;
  public: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `stemgraph import dandi`: reads the whole set first, so that a faulty one leaves the database untouched, then stores it
 * in one transaction and reports what was not understood.
 */
export async function importDandi(
  folder: string,
  options: ImportOptions,
  open: () => Promise<OpenDatabase>,
): Promise<void> {
  const { tree, report } = await readDandiset(folder);
  if (options.public && tree.source.openAccess === false) {
    throw new ImportError({
      file: folder,
      what: 'The set is not open to everybody at its source.',
      remedy: 'Import it without --public.',
    });
  }
  say(`Read ${tree.source.kind} ${tree.source.identifier}: ${tree.project.name}`);
  const database = await open();
  try {
    const progress = showProgress('Storing');
    const result = await storeTree(database.dataSource, tree, {
      owner: options.owner,
      publish: options.public,
      onProgress: progress.update,
    }).finally(progress.end);
    for (const line of formatReport(report)) say(line);
    say('');
    for (const line of describe(result, options.public)) say(line);
  } finally {
    await database.close();
  }
}

function describe({ projectId, created, updated, unchanged, published }: StoreResult, publish: boolean): string[] {
  const changes = created + updated === 0 ? 'Nothing has changed' : `Stored: ${created} made, ${updated} changed`;
  const visibility = publish
    ? `Public${published > 0 ? ` from now on (recorded as the operator's publication)` : ''}`
    : 'Not published by this import';
  return [`${changes}, ${unchanged} as they were.`, `${visibility}. The project's id: ${projectId}`];
}

/** A bar on a terminal, a line for each tenth elsewhere. */
function showProgress(what: string): { update: (done: number, all: number) => void; end: () => void } {
  if (process.stdout.isTTY) {
    const bar = new SingleBar({ format: `${what} [{bar}] {value}/{total}`, hideCursor: true });
    let started = false;
    return {
      update: (done, all) => {
        if (!started) bar.start(all, 0);
        started = true;
        bar.update(done);
      },
      end: () => bar.stop(),
    };
  }
  let shown = 0;
  return {
    update: (done, all) => {
      const tenths = Math.floor((done * 10) / all);
      if (tenths > shown) say(`${what}: ${done} of ${all}`);
      shown = Math.max(shown, tenths);
    },
    end: () => undefined,
  };
}
