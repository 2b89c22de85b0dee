import { isStanding } from '../access/act';
import { visibleAmong } from '../access/authorize';
import { compilerFor, insideOf } from '../access/compiler';
import { hasKept, rolesOf, type HeldRoles } from '../access/roles-held';
import type { Viewer } from '../access/viewer';
import { join, name, run, sql, value, type Runner } from '../database/sql';
import { Refusal } from '../http/refusal';
import { sharedTypes } from '../model/families';
import { snakeCase } from '../model/names';
import { fileAddresses } from '../domain/module/file-addresses';
import { asking } from '../shares/asking';
import type { ImportedType } from '../importing/storing/types';
import type { Collected } from './collected';
import type { Exporting } from './exporting';

/** In milliseconds: so often it is asked whether an export may go on, or less often where asking takes long. */
const pause = 250;
const mostOfTheTime = 1 / 10;

/**
 * Asks again and again, beside the snapshot that is exported and in which nothing is ever revoked, whether its reader may
 * still have what is in it: the token, every role that they had, the project, the personal attributes with what is in them,
 * the storages in which files lay, and each subject and session that somebody may have taken out of the project.
 */
export class StillReadable {
  private roles: HeldRoles | undefined;
  /** Storages that a file is no longer in, and that still decide who sees its address. */
  private formerStorages: string[] = [];
  private next = Date.now() + pause;

  /**
   * @param exporting what is exported, with the snapshot that it is read from
   * @param now       reads what is committed
   * @param asker     who asked, with the token that has to hold
   */
  constructor(
    private readonly exporting: Exporting,
    private readonly collected: Collected,
    private readonly now: Runner,
    private readonly asker: Viewer,
  ) {}

  /** Passes on what is read from the snapshot, until all of it is read, as long as the reader may have it. */
  async *whileWriting<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const piece of pieces) {
      if (this.isDue())
        await this.paced(async () => {
          await this.noteRights();
          await this.require();
        });
      yield piece;
    }
    await this.noteRights();
  }

  /** Passes on what was written, when the snapshot is closed. */
  async *whileSending<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const piece of pieces) {
      if (this.isDue()) await this.paced(() => this.require());
      yield piece;
    }
  }

  private isDue(): boolean {
    return Date.now() >= this.next;
  }

  /** Asking about a large project takes long itself: it is asked the less often for that. */
  private async paced(ask: () => Promise<void>): Promise<void> {
    const began = Date.now();
    await ask();
    const end = Date.now();
    this.next = end + Math.max(pause, (end - began) / mostOfTheTime);
  }

  /** Throws NOT_FOUND where the reader sees the project no more, CONFLICT where something in it was taken back. */
  private require(): Promise<void> {
    // The server's own question: the export that holds a share already would wait for itself.
    return asking.run(undefined, () => this.requireNow());
  }

  /** What the reader's rights are in the snapshot: less than that is a taking back. */
  private async noteRights(): Promise<void> {
    const { runner } = this.exporting;
    this.roles ??= await rolesOf(runner, this.asker);
    this.formerStorages = await this.visibleFormerStorages(runner);
  }

  private async requireNow(): Promise<void> {
    const { access, viewer, projectId } = this.exporting;
    if (!(await isStanding(this.now, this.asker))) throw hidden();
    const kept = hasKept(this.roles, await rolesOf(this.now, this.asker));
    const attributes = [
      ...this.collected.attributes(),
      ...this.formerStorages.map((id) => ({ type: 'DataStorage' as const, id })),
    ];
    const seen = await visibleAmong(this.now, access, viewer, [{ type: 'Project', id: projectId }, ...attributes]);
    if (!seen.has(projectId)) throw hidden();
    if (!kept || attributes.some(({ id }) => !seen.has(id))) throw takenBack();
    for (const type of sharedTypes)
      if (!(await this.areAllInside(type, this.collected.inside(type)))) throw takenBack();
  }

  private async visibleFormerStorages(runner: Runner): Promise<string[]> {
    const sessions = this.collected.inside('Session');
    if (sessions.length === 0) return [];
    const { access, viewer, tables } = this.exporting;
    const [t, a] = [Symbol('storage'), Symbol('acquisition')];
    const named = join(
      fileAddresses.map(({ of }) => sql`${name(a, snakeCase(of))}`),
      ', ',
    );
    const rows = await run<{ id: string }>(
      runner,
      sql`SELECT DISTINCT ${name(t, 'id')} FROM ${tables.DataStorage.from(t)} JOIN ${tables.DataAcquisition.from(a)} ON ${name(t, 'id')} IN (${named})
        WHERE ${name(a, 'session_id')} = ANY(${value(sessions, 'uuid[]')}) AND ${compilerFor(access, viewer).rows('DataStorage', t)}`,
    );
    return rows.map(({ id }) => id);
  }

  private async areAllInside(type: ImportedType, ids: readonly string[]): Promise<boolean> {
    if (ids.length === 0) return true;
    const { access, projectId, tables } = this.exporting;
    const t = Symbol(type);
    const [{ count }] = (await run<{ count: number }>(
      this.now,
      sql`SELECT count(*)::int AS "count" FROM ${tables[type].from(t)}
        WHERE ${name(t, 'id')} = ANY(${value(ids, 'uuid[]')}) AND ${insideOf(access, [projectId]).rows(type, t)}`,
    )) as [{ count: number }];
    return count === ids.length;
  }
}

export const hidden = (): Refusal =>
  new Refusal(404, 'NOT_FOUND', 'There is no Project with this id that you can see.');

const takenBack = (): Refusal =>
  new Refusal(409, 'CONFLICT', 'Something in the project was taken back while it was exported: export it again.');
