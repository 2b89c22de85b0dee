import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a row counts for: a kind, and an expression of its columns under an alias; of what has no key, nothing is counted. */
type Fact = [kind: string, key: (row: string) => string];

interface Container {
  table: string;
  /** Holds for a row (under an alias) that the public sees. */
  isOpen: (row: string) => string;
  /** What the row itself counts for. */
  own: Fact[];
  /** What is seen with it, and counts for something: always by the column that names the row. */
  contents: { table: string; facts: Fact[] }[];
}

const month =
  (column: string) =>
  (row: string): string =>
    `to_char("${row}"."${column}" AT TIME ZONE 'UTC', 'YYYY-MM')`;
const text =
  (column: string) =>
  (row: string): string =>
    `"${row}"."${column}"::text`;
const whole = (): string => `''`;

const isInPublic = (row: string): string => `"${row}"."public_in" > 0`;
const isPublic = (row: string): string => `"${row}"."is_public"`;

/** All that is counted of what the public sees. */
const containers: Container[] = [
  {
    table: 'project',
    isOpen: isPublic,
    own: [['Project', month('published_at')]],
    contents: [
      { table: 'collection', facts: [['Collection', whole]] },
      { table: 'cohort', facts: [['Cohort', whole]] },
    ],
  },
  {
    table: 'subject',
    isOpen: isInPublic,
    own: [
      ['Subject', month('public_since')],
      ['Species', text('species_id')],
      ['Strain', text('strain_id')],
    ],
    contents: [
      {
        table: 'procedure',
        facts: [
          ['Procedure', text('type')],
          ['BrainRegion', text('brain_region_id')],
          ['ConsumableStock', text('consumable_stock_id')],
        ],
      },
    ],
  },
  {
    table: 'session',
    isOpen: isInPublic,
    own: [['Session', month('public_since')]],
    contents: [
      { table: 'behavior', facts: [['Behavior', whole]] },
      { table: 'data_acquisition', facts: [['DataAcquisition', text('type')]] },
      { table: 'manipulation', facts: [['Manipulation', text('type')]] },
    ],
  },
  {
    table: 'setup',
    isOpen: isPublic,
    own: [],
    contents: [{ table: 'equipment', facts: [['HardwareDevice', text('hardware_device_id')]] }],
  },
];

/** A row for each fact of each row that is read. */
const each = (facts: Fact[], row: string, from: string, where: string, by: number): string[] =>
  facts.map(
    ([kind, key]) => `SELECT '${kind}' AS "kind", ${key(row)} AS "key", ${by} AS "by" FROM ${from} WHERE ${where}`,
  );

/** Adds up what was read, and notes what it comes to. */
const note = (read: string[]): string =>
  read.length === 0
    ? ''
    : `INSERT INTO "public_tally" ("kind", "key", "change")
      SELECT "kind", "key", sum("by")::integer FROM (${read.join(' UNION ALL ')}) "read"
      WHERE "key" IS NOT NULL GROUP BY "kind", "key" HAVING sum("by") <> 0;`;

const contentsOf = ({ table, contents }: Container, ids: string, by: number): string[] =>
  contents.flatMap((one) => each(one.facts, 'c', `"${one.table}" "c"`, `"c"."${table}_id" = ${ids}`, by));

/**
 * What a table's rows count for themselves. Where they are opened or closed, so is what is in them: that is looked up by a list
 * of ids, since a plan that was made for many would else be kept for one.
 */
const tallyContainer = (container: Container): string => {
  const { table, own, isOpen } = container;
  const came = each(own, 'n', '"came" "n"', isOpen('n'), 1);
  const gone = each(own, 'o', '"gone" "o"', isOpen('o'), -1);
  const ids = (row: string, from: string): string =>
    `SELECT "${row}"."id" FROM "${from}" "${row}" WHERE ${isOpen(row)}`;
  return `CREATE FUNCTION "tally_${table}"() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    "opened" uuid[];
    "closed" uuid[];
  BEGIN
    IF TG_OP = 'INSERT' THEN
      ${note(came)}
    ELSIF TG_OP = 'DELETE' THEN
      ${note(gone)}
    ELSE
      ${note([...came, ...gone])}
      "opened" := ARRAY(${ids('n', 'came')} EXCEPT ${ids('o', 'gone')});
      IF "opened" <> '{}' THEN ${note(contentsOf(container, 'ANY("opened")', 1))} END IF;
      "closed" := ARRAY(${ids('o', 'gone')} EXCEPT ${ids('n', 'came')});
      IF "closed" <> '{}' THEN ${note(contentsOf(container, 'ANY("closed")', -1))} END IF;
    END IF;
    RETURN NULL;
  END $$`;
};

/** What is deleted with a row that was open: afterwards nobody knows any more that it was. */
const tallyDeleted = (container: Container): string =>
  `CREATE FUNCTION "tally_deleted_${container.table}"() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${note(contentsOf(container, 'OLD."id"', -1))}
    RETURN OLD;
  END $$`;

/**
 * What is in something. Whether that is open is looked up one by one, by its id: a plan that reads the whole table, made for many
 * rows, would else be kept for one.
 */
const tallyContents = ({ table, isOpen }: Container, content: Container['contents'][number]): string => {
  const read = (rows: string, by: number): string[] =>
    each(content.facts, 'c', `"${rows}" "c" JOIN "${table}" "in" ON "in"."id" = "c"."${table}_id"`, isOpen('in'), by);
  return `CREATE FUNCTION "tally_${content.table}"() RETURNS trigger LANGUAGE plpgsql
  SET enable_hashjoin = off SET enable_mergejoin = off AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      ${note(read('came', 1))}
    ELSIF TG_OP = 'DELETE' THEN
      ${note(read('gone', -1))}
    ELSE
      ${note([...read('came', 1), ...read('gone', -1)])}
    END IF;
    RETURN NULL;
  END $$`;
};

const states = {
  INSERT: 'NEW TABLE AS "came"',
  UPDATE: 'OLD TABLE AS "gone" NEW TABLE AS "came"',
  DELETE: 'OLD TABLE AS "gone"',
};

const triggers = (table: string): string[] =>
  Object.entries(states).map(
    ([event, state]) =>
      `CREATE TRIGGER "tally_${table}_${event.toLowerCase()}" AFTER ${event} ON "${table}"
       REFERENCING ${state} FOR EACH STATEMENT EXECUTE FUNCTION "tally_${table}"()`,
  );

/** Since when something is in public projects without a break: noted where it comes into the first, forgotten with the last. */
const since = `
  CREATE FUNCTION "note_public_since"() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW."public_since" := CASE WHEN NEW."public_in" > 0 THEN COALESCE(NEW."public_since", now()) END;
    RETURN NEW;
  END $$`;

const noteSince = (table: string): string[] => [
  `CREATE TRIGGER "${table}_public_since_new" BEFORE INSERT ON "${table}" FOR EACH ROW
   WHEN (NEW."public_in" > 0 OR NEW."public_since" IS NOT NULL) EXECUTE FUNCTION "note_public_since"()`,
  `CREATE TRIGGER "${table}_public_since_changed" BEFORE UPDATE OF "public_in" ON "${table}" FOR EACH ROW
   WHEN (OLD."public_in" <> NEW."public_in") EXECUTE FUNCTION "note_public_since"()`,
];

/** As well as it can be told of what is public already: since its first project was published, or it was recorded there. */
const tellSince = (table: string): string =>
  `UPDATE "${table}" "t" SET "public_since" = GREATEST("t"."created_at", "l"."first")
   FROM (SELECT "${table}_id" AS "id", min("p"."published_at") AS "first" FROM "project_${table}" JOIN "project" "p" ON "p"."id" = "project_id"
     WHERE "p"."is_public" GROUP BY 1) "l" WHERE "t"."id" = "l"."id"`;

const shared = ['subject', 'session'];

/**
 * How much the public sees, kept by whatever changes that, in the same transaction. What is added or taken away is a row of its
 * own each time: nobody waits for anybody else who counts, a revoke least of all. They are added up where they are read.
 */
export class PublicTallies1764700000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(since);
    for (const table of shared) {
      await runner.query(`ALTER TABLE "${table}" ADD "public_since" TIMESTAMP(3) WITH TIME ZONE`);
      await runner.query(tellSince(table));
      for (const trigger of noteSince(table)) await runner.query(trigger);
      await runner.query(
        `ALTER TABLE "${table}" ADD CONSTRAINT "${table}_public_since" CHECK (("public_in" > 0) = ("public_since" IS NOT NULL))`,
      );
    }
    await runner.query(
      `CREATE TABLE "public_tally" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "kind" character varying(40) NOT NULL, "key" character varying(60) NOT NULL, "change" integer NOT NULL, CONSTRAINT "PK_514176ea161cbf523d76f48bce3" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_fd72c8d7dde8cb071e77be0897" ON "public_tally"  ("kind", "key")`);
    for (const container of containers) {
      const { table, own, isOpen, contents } = container;
      await runner.query(
        note([
          ...each(own, 't', `"${table}" "t"`, isOpen('t'), 1),
          ...contents.flatMap((one) =>
            each(
              one.facts,
              'c',
              `"${one.table}" "c" JOIN "${table}" "t" ON "t"."id" = "c"."${table}_id"`,
              isOpen('t'),
              1,
            ),
          ),
        ]),
      );
      await runner.query(tallyContainer(container));
      await runner.query(tallyDeleted(container));
      await runner.query(
        `CREATE TRIGGER "tally_deleted_${table}" BEFORE DELETE ON "${table}" FOR EACH ROW
         WHEN (${isOpen('old')}) EXECUTE FUNCTION "tally_deleted_${table}"()`,
      );
      for (const trigger of triggers(table)) await runner.query(trigger);
      for (const content of contents) {
        await runner.query(tallyContents(container, content));
        for (const trigger of triggers(content.table)) await runner.query(trigger);
      }
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, contents } of containers) {
      for (const one of [table, ...contents.map((content) => content.table)])
        await runner.query(`DROP FUNCTION "tally_${one}"() CASCADE`);
      await runner.query(`DROP FUNCTION "tally_deleted_${table}"() CASCADE`);
    }
    await runner.query(`DROP TABLE "public_tally"`);
    await runner.query(`DROP FUNCTION "note_public_since"() CASCADE`);
    for (const table of shared) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "public_since"`);
  }
}
