import type { EntityManager } from 'typeorm';
import type { Beside } from '../../writing/others';
import { laterEachTime, newIds } from './ids';
import type { ReadEntry } from './read-entry';
import { namesProject, referencesOf, type ImportedType } from './types';

/** An entry as it lies on the stage, with the ids of those that it refers to in the columns. */
export interface StagedEntry {
  line: number;
  key: string;
  id: string;
  /** Whether an earlier import, or somebody by hand, has made the object already. */
  isKnown: boolean;
  columns: Record<string, unknown>;
}

/** An entry that was read, and the length of its line. */
export type SizedEntry = ReadEntry & { size: number };

export const chunkSize = 500;

/** What the lines of a chunk come to at most, beyond its first: a line alone may be long. */
export const chunkBytes = 2 * 1024 * 1024;

/** The next entries, as many as make a chunk, of those for which the condition holds: `e`, with all its columns. */
const nextChunk = (condition: string): string =>
  `(SELECT * FROM (
     SELECT *, sum("size") OVER (ORDER BY "line") AS "through" FROM (
       SELECT * FROM "import_entry" e WHERE ${condition} ORDER BY "line" LIMIT ${chunkSize}) c) c
   WHERE "through" - "size" < ${chunkBytes}) e`;

/**
 * Where a tree lies while it is imported: two temporary tables of the transaction, so that a tree of any size takes no
 * more memory than a chunk of it. They go with the transaction.
 */
export class Stage implements Beside {
  private readonly moment = laterEachTime();

  /** The one project of the tree, once it has its id: what names it in a column does not say so itself. */
  projectId?: string;

  private constructor(private readonly manager: EntityManager) {}

  static async open(manager: EntityManager): Promise<Stage> {
    await manager.query(
      `CREATE TEMPORARY TABLE "import_entry" ("line" integer, "type" text NOT NULL, "key" text NOT NULL, "key_id" uuid, "id" uuid, "size" integer NOT NULL DEFAULT 0,
         "is_known" boolean NOT NULL DEFAULT FALSE, "is_changed" boolean NOT NULL DEFAULT FALSE, "is_given" boolean NOT NULL DEFAULT TRUE,
         "columns" jsonb NOT NULL DEFAULT '{}', "lists" text[] NOT NULL DEFAULT '{}', "lacking" text[] NOT NULL DEFAULT '{}') ON COMMIT DROP`,
    );
    await manager.query(
      `CREATE TEMPORARY TABLE "import_reference" ("line" integer NOT NULL, "field" text NOT NULL, "position" integer, "key" text NOT NULL, "target" text NOT NULL) ON COMMIT DROP`,
    );
    return new Stage(manager);
  }

  /** Puts entries onto the stage. */
  async add(entries: readonly SizedEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.manager.query(
      `INSERT INTO "import_entry" ("line", "type", "key", "key_id", "size", "columns", "lists", "lacking")
       SELECT "line", "type", "key", "keyId", "size", "columns", "lists", "lacking"
       FROM jsonb_to_recordset($1::jsonb) AS e ("line" integer, "type" text, "key" text, "keyId" uuid, "size" integer, "columns" jsonb, "lists" text[], "lacking" text[])`,
      [JSON.stringify(entries.map(({ references: _, ...entry }) => entry))],
    );
    const references = entries.flatMap((entry) => entry.references.map((one) => ({ line: entry.line, ...one })));
    if (references.length === 0) return;
    await this.manager.query(
      `INSERT INTO "import_reference" SELECT "line", "field", "position", "key", "target"
       FROM jsonb_to_recordset($1::jsonb) AS r ("line" integer, "field" text, "position" integer, "key" text, "target" text)`,
      [JSON.stringify(references)],
    );
  }

  /** After the last entry: makes the stage quick to search. */
  async finish(): Promise<void> {
    await this.manager.query(`CREATE INDEX ON "import_entry" ("key")`);
    await this.manager.query(`CREATE INDEX ON "import_entry" ("type", "line")`);
    await this.manager.query(`CREATE INDEX ON "import_entry" ("id")`);
    await this.manager.query(`CREATE INDEX ON "import_reference" ("line", "field")`);
    await this.manager.query(`ANALYZE "import_entry"`);
    await this.manager.query(`ANALYZE "import_reference"`);
  }

  /** Gives an id to every object of a type that is still to be made, in the order of the lines. */
  async giveIds(type: ImportedType): Promise<void> {
    for (;;) {
      const rows = await this.manager.query<{ line: number }[]>(
        `SELECT "line" FROM "import_entry" WHERE "type" = $1 AND "id" IS NULL ORDER BY "line" LIMIT ${10 * chunkSize}`,
        [type],
      );
      if (rows.length === 0) return;
      await this.manager.query(
        `UPDATE "import_entry" e SET "id" = new."id" FROM unnest($2::integer[], $3::uuid[]) AS new ("line", "id") WHERE e."type" = $1 AND e."line" = new."line"`,
        [type, rows.map(({ line }) => line), newIds(type, rows.length, this.moment())],
      );
    }
  }

  /** The entries of a type in the order of the lines, chunk by chunk. */
  async *chunks(type: ImportedType): AsyncGenerator<StagedEntry[]> {
    let after = -1;
    for (;;) {
      const rows = await this.manager.query<Row[]>(
        `SELECT ${entryColumns} FROM ${nextChunk('e."type" = $1 AND e."line" > $2 AND e."is_given"')} ORDER BY e."line"`,
        [type, after],
      );
      if (rows.length === 0) return;
      yield rows.map((row) => this.staged(type, row));
      after = rows.at(-1)!.line;
    }
  }

  /** What the tree says of some objects of a type; those that it does not tell of are left out. */
  async find(type: ImportedType, ids: readonly string[]): Promise<StagedEntry[]> {
    return this.where(type, 'e."id" = ANY($2)', [ids]);
  }

  /** What it says of those to which it gives one of these texts in a field. */
  async naming(type: ImportedType, field: string, texts: readonly string[]): Promise<StagedEntry[]> {
    return this.where(type, 'e."columns"->>$3 = ANY($2)', [texts, field]);
  }

  private async where(type: ImportedType, condition: string, values: unknown[]): Promise<StagedEntry[]> {
    const rows = await this.manager.query<Row[]>(
      `SELECT ${entryColumns} FROM "import_entry" e WHERE e."type" = $1 AND e."is_given" AND ${condition}`,
      [type, ...values],
    );
    return rows.map((row) => this.staged(type, row));
  }

  /** The entries of a type that give a list, chunk by chunk. */
  async *listing(type: ImportedType, field: string): AsyncGenerator<Pick<StagedEntry, 'line' | 'id' | 'isKnown'>[]> {
    let after = -1;
    for (;;) {
      const rows = await this.manager.query<Pick<StagedEntry, 'line' | 'id' | 'isKnown'>[]>(
        `SELECT e."line", e."id", e."is_known" AS "isKnown"
         FROM ${nextChunk('e."type" = $1 AND e."is_given" AND $2 = ANY(e."lists") AND e."line" > $3')} ORDER BY e."line"`,
        [type, field, after],
      );
      if (rows.length === 0) return;
      yield rows;
      after = rows.at(-1)!.line;
    }
  }

  /** What some entries name in a list, in its order, by line; those that name nothing are left out. */
  async listed(entries: readonly { line: number }[], field: string): Promise<Map<number, string[]>> {
    const rows = await this.manager.query<{ line: number; ids: string[] }[]>(
      `SELECT r."line", array_agg(t."id"::text ORDER BY r."position") AS "ids" FROM "import_reference" r JOIN "import_entry" t ON t."key" = r."key"
       WHERE r."line" = ANY($1) AND r."field" = $2 GROUP BY r."line"`,
      [entries.map(({ line }) => line), field],
    );
    return new Map(rows.map(({ line, ids }) => [line, ids]));
  }

  private staged(type: ImportedType, { references, ...entry }: Row): StagedEntry {
    for (const { field, column } of referencesOf(type))
      if (references?.[field] !== undefined) entry.columns[column] = references[field];
    if (namesProject(type)) entry.columns['projectId'] = this.projectId;
    return entry;
  }

  /** Notes that objects which were there have been changed. */
  async noteChanged(ids: readonly string[]): Promise<void> {
    if (ids.length > 0)
      await this.manager.query(`UPDATE "import_entry" SET "is_changed" = TRUE WHERE "id" = ANY($1)`, [ids]);
  }
}

const entryColumns = `e."line", e."key", e."id", e."is_known" AS "isKnown", e."columns",
  (SELECT jsonb_object_agg(r."field", t."id") FROM "import_reference" r JOIN "import_entry" t ON t."key" = r."key"
   WHERE r."line" = e."line" AND r."position" IS NULL) AS "references"`;

type Row = StagedEntry & { references: Record<string, string> | null };
