import { isStanding } from '../access/act';
import { compilerFor, insideOf } from '../access/compiler';
import { rolesFrom } from '../access/rules';
import type { Viewer } from '../access/viewer';
import { join, name, run, sql, value, type Runner } from '../database/sql';
import { Refusal } from '../http/refusal';
import { asking } from '../shares/asking';
import type { ImportedType } from '../importing/storing/types';
import type { Collected } from './collected';
import type { Exporting } from './export-project';

/** In milliseconds: so often it is asked whether an export may go on, or less often where asking takes long. */
const pause = 250;
const mostOfTheTime = 1 / 10;

/** How much the viewer may do with an object: 0 is nothing, 1 is to see it, and one more for each role. */
type Levels = Map<string, number>;

/**
 * Asks again and again, beside the snapshot that is exported and in which nothing is ever revoked, whether its reader may
 * still have what is in it: the token, the project, the personal attributes, what a role shows of them, and each subject
 * and session that somebody may have taken out of the project.
 */
export class StillReadable {
  private readonly had: Levels = new Map();
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
      if (this.isDue()) {
        await this.noteRights();
        await this.require();
      }
      yield piece;
    }
    await this.noteRights();
  }

  /** Passes on what was written, when the snapshot is closed. */
  async *whileSending<T>(pieces: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const piece of pieces) {
      if (this.isDue()) await this.require();
      yield piece;
    }
  }

  private isDue(): boolean {
    return Date.now() >= this.next;
  }

  /** Throws NOT_FOUND where the reader sees the project no more, CONFLICT where something in it was taken back. */
  private async require(): Promise<void> {
    const began = Date.now();
    // The server's own question: the export that holds a share already would wait for itself.
    await asking.run(undefined, () => this.requireNow());
    const end = Date.now();
    this.next = end + Math.max(pause, (end - began) / mostOfTheTime);
  }

  /** What the reader's rights are in the snapshot: less than that is a taking back. */
  private async noteRights(): Promise<void> {
    const { runner } = this.exporting;
    for (const [type, ids] of this.holders()) {
      const unknown = ids.filter((id) => !this.had.has(id));
      for (const [id, level] of await this.levels(runner, type, unknown)) this.had.set(id, level);
    }
  }

  private async requireNow(): Promise<void> {
    if (!(await isStanding(this.now, this.asker))) throw hidden();
    for (const [type, ids] of this.holders()) {
      const levels = await this.levels(this.now, type, ids);
      for (const id of ids) {
        const level = levels.get(id) ?? 0;
        if (level === 0 && type === 'Project') throw hidden();
        if (level < (this.had.get(id) ?? 1)) throw takenBack();
      }
    }
    for (const type of ['Subject', 'Session'] as const)
      if (!(await this.areAllInside(type, this.collected.inside(type)))) throw takenBack();
  }

  /** The project, and the attributes that the export has come upon so far. */
  private holders(): [ImportedType, string[]][] {
    return [['Project', [this.exporting.projectId]], ...this.collected.attributes()];
  }

  private async levels(runner: Runner, type: ImportedType, ids: readonly string[]): Promise<Levels> {
    if (ids.length === 0) return new Map();
    const { access, viewer, tables } = this.exporting;
    const compiler = compilerFor(access, viewer);
    const t = Symbol(type);
    const asks = (['visible', ...rolesFrom('MEMBER')] as const).map(
      (ask) => sql`(${compiler.rows(type, t, ask)})::int`,
    );
    const rows = await run<{ id: string; level: number }>(
      runner,
      sql`SELECT ${name(t, 'id')}, ${join(asks, ' + ')} AS "level" FROM ${tables[type].from(t)}
        WHERE ${name(t, 'id')} = ANY(${value(ids, 'uuid[]')})`,
    );
    return new Map(rows.map(({ id, level }) => [id, level]));
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
