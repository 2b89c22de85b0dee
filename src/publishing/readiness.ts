import type { Access } from '../access/access';
import { compilerFor, insideOf, table, type Compiler } from '../access/compiler';
import { anonymous, type Viewer } from '../access/viewer';
import type { Lane } from '../budget/turns';
import { join, name, NULL, run, sql, TRUE, type Sql } from '../database/sql';
import type { Snapshot } from '../loading/snapshot';
import { hasColumn } from '../model/columns';
import { allEdges } from '../model/edges';
import { projectTypes, type ProjectType } from '../model/families';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { types } from '../model/types';
import type { ModuleTypes } from '../domain/module/module-types';
import { kindOf } from '../domain/module/registry';
import { findPersonal } from './personal-information';
import { checks, type Check, type Sight } from './readiness-checks';
import type { ReadinessFinding } from './readiness.types';

/** In the units of turns: what is tested before others get theirs, and what a test takes. */
const workAtOnce = 5_000;
const workOfDetails = (): number => 40;
const workOfText = ({ text }: ContentRow): number => 1 + (text ?? '').length / 5;

/** A finding before its object was looked up. */
export interface Finding extends Omit<ReadinessFinding, 'object'> {
  object: { type: NodeName; id: string } | null;
}

interface ContentRow {
  id: string;
  name: string | null;
  text: string | null;
  details: unknown;
  type: string | null;
  schemaVersion: string | null;
  hit: boolean;
}

/** What has details of a module type of its own. */
const detailed = (): ProjectType[] =>
  projectTypes.filter((type) => ['details', 'schemaVersion'].every((field) => hasColumn(type, field)));

/** The list of the project in which objects of a type are found by their name; undefined where they are in no such list. */
function listOf(type: ProjectType): string | undefined {
  return allEdges().find(
    ({ owner, target, kind }) => kind === 'connection' && nameOf(owner) === 'Project' && nameOf(target()) === type,
  )?.field;
}

/**
 * What an owner should look at before a project is published: gaps, dates that cannot be, details that do not follow
 * their schema, and what looks like personal information. Only what is inside the project is looked at, and of that only
 * what its owner is answered: a field that reads as null to them is told of by no finding.
 */
export class Readiness {
  private readonly owner: Compiler;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly access: Access,
    viewer: Viewer,
    private readonly moduleTypes: ModuleTypes,
    private readonly projectId: string,
    private readonly lane: Lane,
  ) {
    this.owner = compilerFor(access, viewer);
  }

  async findings(): Promise<Finding[]> {
    const found: Finding[] = [];
    for (const check of checks) found.push(...(await this.run(check)));
    for (const type of detailed()) found.push(...(await this.wrongDetails(type)));
    found.push(...(await this.personalInformation()));
    return found;
  }

  private async run({ type, when, field, ...finding }: Check): Promise<Finding[]> {
    const rows = await this.content(type, (sight) => ({ when: when(sight) }));
    return this.gather(type, field, finding, rows);
  }

  private async wrongDetails(type: ProjectType): Promise<Finding[]> {
    const rows = await this.content(type, ({ column }) => ({
      read: sql`${column('details')} AS "details", ${column('type')} AS "type", ${column('schemaVersion')} AS "schemaVersion"`,
    }));
    const wrong = await this.those(rows, workOfDetails, (row) => {
      const moduleType = this.moduleTypes.find(kindOf(type), row.type!, row.schemaVersion!);
      return !moduleType || this.moduleTypes.faults(moduleType, row.details).length > 0;
    });
    const finding = {
      code: 'DETAILS_BREAK_SCHEMA' as const,
      severity: 'WARNING' as const,
      message: 'Details do not follow the schema of their type.',
    };
    return this.gather(type, 'details', finding, wrong);
  }

  private async personalInformation(): Promise<Finding[]> {
    const patterns = findPersonal(await this.namesOfUsers());
    const found: Finding[] = [];
    for (const type of projectTypes) {
      const fields: readonly string[] = types[type].freeTexts;
      if (fields.length === 0) continue;
      const rows = await this.content(type, ({ column }) => ({
        read: sql`concat_ws(' | ', ${join(fields.map(column), ', ')}) AS "text"`,
      }));
      for (const { code, message, test } of patterns) {
        const hits = await this.those(rows, workOfText, ({ text }) => text !== null && test(text));
        found.push(...this.gather(type, fields.at(-1)!, { code, message, severity: 'IMPORTANT' }, hits));
      }
    }
    return found;
  }

  /** Those for which a test holds; others get their turn while there is much to test. */
  private async those(
    rows: readonly ContentRow[],
    workOf: (row: ContentRow) => number,
    test: (row: ContentRow) => boolean,
  ): Promise<ContentRow[]> {
    const found: ContentRow[] = [];
    let work = 0;
    for (const row of rows) {
      work += workOf(row);
      if (work > workAtOnce) {
        await this.lane.pass(work);
        work = 0;
      }
      if (test(row)) found.push(row);
    }
    return found;
  }

  private async namesOfUsers(): Promise<string[]> {
    const u = Symbol('user');
    const rows = await run<{ name: string }>(
      this.snapshot,
      sql`SELECT ${name(u, 'name')} FROM ${table('User', u)} WHERE length(${name(u, 'name')}) > 4 AND ${this.owner.rows('User', u)}`,
    );
    return rows.map((user) => user.name);
  }

  /** What of a type is inside the project: what would be seen if nothing but the project were public. */
  private async content(type: ProjectType, ask: (sight: Sight) => { read?: Sql; when?: Sql }): Promise<ContentRow[]> {
    const { owner } = this;
    const t = Symbol(type);
    const column: Sight['column'] = (field) => owner.value(type, field, t);
    const { read, when = TRUE } = ask({ t, column, owner, anybody: compilerFor(this.access, anonymous) });
    const called = type === 'Project' || listOf(type) !== undefined ? column('name') : NULL;
    return run<ContentRow>(
      this.snapshot,
      sql`SELECT ${name(t, 'id')}, ${called} AS "name"${read ? sql`, ${read}` : sql``} FROM ${table(type, t)}
       WHERE ${insideOf(this.access, [this.projectId]).rows(type, t)} AND (${when}) ORDER BY ${name(t, 'id')}`,
    );
  }

  private gather(
    type: ProjectType,
    field: string,
    finding: Pick<Finding, 'code' | 'severity' | 'message'>,
    rows: readonly ContentRow[],
  ): Finding[] {
    const [first] = rows;
    if (!first) return [];
    return [{ ...finding, path: [...wayTo(type, first), field], count: rows.length, object: { type, id: first.id } }];
  }
}

function wayTo(type: ProjectType, { id, name: called }: ContentRow): string[] {
  if (type === 'Project') return [];
  const list = listOf(type);
  return list === undefined ? [type, id] : [list, called ?? id];
}
