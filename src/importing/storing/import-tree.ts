import type { EntityManager } from 'typeorm';
import { attributeTypes } from '../../model/families';
import { act, type Actor } from '../../access/act';
import { goAhead } from '../../database/going-first';
import { hasOpened } from './belonging';
import { checkEntries, ownersOnly } from './checks';
import { EnoughFaults, FaultList, type ImportFaultCode } from './faults';
import { findProject, joinTerms, matchKnown, matchTerms, type Importer, type KnownProject } from './matching';
import { readEntry } from './read-entry';
import { checkForm, checkParents, findReferredTo } from './references';
import { settle, wouldOpen } from './settling';
import { storeChoices, storeContainers, storeContent } from './store';
import { takeTurn } from '../../shares/turns';
import type { ImportOutcome } from '../../tree/outcome';
import { expectState, stateOf } from './state';
import { chunkBytes, chunkSize, Stage, type SizedEntry } from './stage';
import { storingOrder, type ImportedType } from './types';

/** One entry as it came: its line or place, and what was read there (and from how many bytes), or why nothing could be. */
export type Given =
  { line: number; value: unknown; size?: number } | { line: number; fault: { code: ImportFaultCode; message: string } };

/** What became of a tree, with the codes of the faults that this server tells. */
export type StoredOutcome = ImportOutcome<ImportFaultCode>;

/**
 * Stores a tree in one transaction: all of it, or nothing. What an earlier import into the same project made is found by its
 * key and brought up to date; a second import of an unchanged tree changes nothing. Whatever is wrong with the tree is told
 * at once in `faults`. A dry run looks at all of it, and writes and locks nothing. Throws UNAUTHENTICATED, NOT_FOUND or
 * FORBIDDEN (what it takes was lost meanwhile), or CONFLICT when somebody changed the same things meanwhile, or anything of
 * the project since its state was `ifState`, which a dry run tells (see state.ts).
 */
export async function importTree(
  actor: Actor,
  given: AsyncIterable<Given> | Iterable<Given>,
  { dryRun = false, ifState }: { dryRun?: boolean; ifState?: string | undefined } = {},
): Promise<StoredOutcome> {
  const leave = await takeTurn('imports');
  let ending: Import | undefined;
  try {
    return await act(
      actor,
      async (acting) => {
        ending = new Import({ ...acting, isDry: dryRun }, ifState);
        const outcome = await ending.run(given);
        if (dryRun || outcome.faults.length > 0) throw new TakenBack(outcome, dryRun);
        return outcome;
      },
      { once: 'Somebody changed the same objects meanwhile: import again.' },
    );
  } catch (error) {
    if (error instanceof TakenBack) return error.told;
    throw error;
  } finally {
    ending?.end();
    leave();
  }
}

/** Ends the transaction without storing anything. */
class TakenBack extends Error {
  readonly told: StoredOutcome;

  constructor(outcome: StoredOutcome, dryRun: boolean) {
    super('Nothing is stored.');
    const nothing = { created: 0, updated: 0, unchanged: 0 };
    this.told = { ...outcome, ...(!(dryRun && outcome.faults.length === 0) && nothing), attributes: [] };
  }
}

/** No single statement takes long; all of them together may. */
const longestStatement = '10min';

class Import {
  private readonly faults = new FaultList();

  /** To be called when the transaction has ended. */
  end: () => void = () => undefined;

  constructor(
    private importer: Importer,
    private readonly ifState: string | undefined,
  ) {}

  private get manager(): EntityManager {
    return this.importer.manager;
  }

  async run(given: AsyncIterable<Given> | Iterable<Given>): Promise<StoredOutcome> {
    let project: KnownProject | undefined;
    try {
      await this.manager.query(`SET LOCAL statement_timeout = '${longestStatement}'`);
      const stage = await Stage.open(this.manager);
      await this.read(given, stage);
      await stage.finish();
      // From here on PostgreSQL itself sees to it that nothing but the stage is written, and no row locked.
      if (this.importer.isDry) await this.manager.query(`SET TRANSACTION READ ONLY`);
      const key = await this.projectKey();
      if (key === undefined) return this.outcome(undefined, undefined);
      project = await findProject(this.importer, key);
      const madeFrom = await expectState(this.importer, project, this.ifState);
      if (madeFrom) this.importer = { ...this.importer, madeFrom };
      await this.place(stage, project);
      if (this.faults.all.length > 0) return this.outcome(project, undefined);
      const projectId = await this.projectId();
      const types = await this.types();
      await storeContent(this.importer, stage, types, projectId, project !== undefined);
      const opened = await (this.importer.isDry ? wouldOpen : hasOpened)(this.importer, types);
      const isPublic = await this.settle(stage, project, projectId);
      await storeChoices(this.importer, stage, types, projectId);
      const { projectLists } = await storeContainers(this.importer, stage, types);
      await this.expectLists(project, projectLists);
      return await this.outcome(project, projectId, isPublic || opened);
    } catch (error) {
      if (!(error instanceof EnoughFaults)) throw error;
      return this.outcome(project, undefined);
    }
  }

  /** Puts everything onto the stage, chunk by chunk, and looks at each entry by itself. */
  private async read(given: AsyncIterable<Given> | Iterable<Given>, stage: Stage): Promise<void> {
    let entries: SizedEntry[] = [];
    let size = 0;
    for await (const one of given) {
      if ('fault' in one) {
        this.faults.add({ line: one.line, key: null }, one.fault.code, [], one.fault.message);
        continue;
      }
      const entry = readEntry(one.line, one.value, this.faults);
      if (entry) entries.push({ ...entry, size: one.size ?? 0 });
      size += one.size ?? 0;
      if (entries.length < chunkSize && size < chunkBytes) continue;
      await stage.add(entries);
      [entries, size] = [[], 0];
    }
    await stage.add(entries);
  }

  private async projectKey(): Promise<string | undefined> {
    const projects = await this.manager.query<{ line: number; key: string }[]>(
      `SELECT "line", "key" FROM "import_entry" WHERE "type" = 'Project' ORDER BY "line" LIMIT 10`,
    );
    const [first, ...others] = projects;
    const wanted = 'A tree has exactly one entry of the type Project';
    for (const place of others) this.faults.add(place, 'NO_PROJECT', ['type'], `${wanted}: this is another one.`);
    // Where lines could not be read, the project may be in one of them.
    if (!first && this.faults.all.length === 0)
      this.faults.add({ line: null, key: null }, 'NO_PROJECT', [], `${wanted}: this one has none.`);
    return first?.key;
  }

  /** Finds what is there, gives ids to what is not, and looks at everything together. */
  private async place(stage: Stage, project: KnownProject | undefined): Promise<void> {
    const types = await this.types();
    for (const type of types) {
      if (type === 'Project') {
        if (project)
          await this.manager.query(`UPDATE "import_entry" SET "id" = $1, "is_known" = TRUE WHERE "type" = 'Project'`, [
            project.id,
          ]);
      } else {
        await matchKnown(this.importer, type, project?.id);
        await matchTerms(this.importer, type);
      }
      await stage.giveIds(type);
      await joinTerms(this.importer, type);
    }
    await findReferredTo(this.importer, project?.id);
    if (!(await checkForm(this.importer, this.faults))) return;
    stage.projectId = await this.projectId();
    await checkParents(this.importer, types, stage.projectId, this.faults);
    const byOwner = project?.isOwner ?? true;
    for (const type of types)
      for await (const entries of stage.chunks(type))
        await checkEntries(this.importer, { stage, type, entries, byOwner }, this.faults);
  }

  /** The types that the tree has entries of, in the order in which they are stored. */
  private async types(): Promise<ImportedType[]> {
    const rows = await this.manager.query<{ type: ImportedType }[]>(`SELECT DISTINCT "type" FROM "import_entry"`);
    const present = new Set(rows.map(({ type }) => type));
    return storingOrder().filter((type) => present.has(type));
  }

  private async projectId(): Promise<string> {
    const [{ id }] = await this.manager.query<[{ id: string }]>(
      `SELECT "id" FROM "import_entry" WHERE "type" = 'Project'`,
    );
    return id;
  }

  /** Asks once more for what it takes, now that it has taken its time. Says whether the project is public. */
  private async settle(stage: Stage, project: KnownProject | undefined, projectId: string): Promise<boolean> {
    if (this.importer.isDry) return project?.isPublic ?? false;
    const types = await this.types();
    const { changed } = await storeContainers({ ...this.importer, isDry: true }, stage, types);
    // Others may wait for what the tree has changed, and hold the project meanwhile: they begin anew.
    this.end = await goAhead(this.manager);
    return settle(this.importer, types, { id: projectId, known: project }, changed);
  }

  /** Only owners change lists of the project. */
  private async expectLists(project: KnownProject | undefined, changed: readonly string[]): Promise<void> {
    if (!project || project.isOwner || changed.length === 0) return;
    const [entry] = await this.manager.query<{ line: number; key: string }[]>(
      `SELECT "line", "key" FROM "import_entry" WHERE "type" = 'Project'`,
    );
    for (const field of changed) this.faults.add(entry!, 'FORBIDDEN', [field], ownersOnly);
  }

  private async outcome(
    project: KnownProject | undefined,
    stored: string | undefined,
    isPublic = project?.isPublic ?? false,
  ): Promise<StoredOutcome> {
    const faults = this.faults.all;
    const state = project && this.importer.isDry ? await stateOf(this.importer, project.id) : null;
    const rest = { rejected: this.faults.rejected, faults, isPublic, state };
    const projectId = project?.id ?? (this.importer.isDry ? null : (stored ?? null));
    if (stored === undefined || faults.length > 0)
      return { ...rest, projectId: project?.id ?? null, created: 0, updated: 0, unchanged: 0, attributes: [] };
    const [counts] = await this.manager.query<{ created: number; updated: number; unchanged: number }[]>(
      `SELECT count(*) FILTER (WHERE NOT "is_known")::int AS "created", count(*) FILTER (WHERE "is_known" AND "is_changed")::int AS "updated",
         count(*) FILTER (WHERE "is_known" AND NOT "is_changed")::int AS "unchanged" FROM "import_entry" WHERE "line" IS NOT NULL`,
    );
    const attributes = await this.manager.query<StoredOutcome['attributes']>(
      `SELECT "type", "key", "id" FROM "import_entry" WHERE "type" = ANY($1) AND "line" IS NOT NULL ORDER BY "line" LIMIT 1000`,
      [attributeTypes],
    );
    return { ...rest, ...counts!, projectId, attributes };
  }
}
