import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is in projects by links: in how many public ones is counted beside it. */
const shared = ['subject', 'session'];

/**
 * Counts what some links open, or have opened. A publication of one of their projects that is under way is waited for; one that
 * comes later waits itself, and finds the links as they are then. Rows are taken in the order of ids, as everybody takes them.
 * What links were deleted with has nothing to be counted beside any more, and waits for nobody.
 *
 * A number that is too low already, whoever has written it, keeps nobody from taking something back: it stays 0, and hides.
 *
 * All is looked up by lists of ids: a plan that was made for a statement of many links would else be kept for those of one.
 */
const countLinks = (table: string, links: 'come' | 'gone', sign: '+' | '-'): string => `
  CREATE FUNCTION "count_${table}_links_${links}"() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    "there" uuid[] := ARRAY(SELECT "id" FROM "${table}" WHERE "id" = ANY(ARRAY(SELECT "${table}_id" FROM "${links}")));
    "open" uuid[];
    "linked" uuid[];
  BEGIN
    IF "there" = '{}' THEN RETURN NULL; END IF;
    PERFORM 1 FROM "project" WHERE "id" = ANY(ARRAY(SELECT DISTINCT "project_id" FROM "${links}" WHERE "${table}_id" = ANY("there")))
      ORDER BY "id" FOR SHARE;
    "open" := ARRAY(SELECT "id" FROM "project" WHERE "id" = ANY(ARRAY(SELECT DISTINCT "project_id" FROM "${links}")) AND "is_public");
    IF "open" = '{}' THEN RETURN NULL; END IF;
    "linked" := ARRAY(SELECT "${table}_id" FROM "${links}" WHERE "project_id" = ANY("open"));
    PERFORM 1 FROM "${table}" WHERE "id" = ANY("linked") ORDER BY "id" FOR NO KEY UPDATE;
    UPDATE "${table}" "t" SET "public_in" = GREATEST("t"."public_in" ${sign} "l"."number", 0)
      FROM (SELECT "id", count(*)::integer AS "number" FROM unnest("linked") AS "each"("id") GROUP BY "id") "l" WHERE "t"."id" = "l"."id";
    RETURN NULL;
  END $$`;

/** Whoever publishes or revokes a project has it alone, and so do those who delete it: nothing is linked to it meanwhile. */
const countProject = `
  CREATE FUNCTION "count_project_links"() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    "by" integer := CASE WHEN TG_OP = 'UPDATE' AND NEW."is_public" THEN 1 ELSE -1 END;
    "linked" uuid[];
  BEGIN
    ${shared
      .map(
        (table) => `
    "linked" := ARRAY(SELECT "${table}_id" FROM "project_${table}" WHERE "project_id" = OLD."id");
    PERFORM 1 FROM "${table}" WHERE "id" = ANY("linked") ORDER BY "id" FOR NO KEY UPDATE;
    UPDATE "${table}" SET "public_in" = GREATEST("public_in" + "by", 0) WHERE "id" = ANY("linked");`,
      )
      .join('')}
    RETURN OLD;
  END $$`;

/**
 * In how many public projects each subject and session is, kept beside it by whatever changes that, in the same transaction. It is
 * a number and no flag: of two projects that are revoked at once, neither sees that the other is private already.
 */
export class KeptVisibility1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of shared) {
      await runner.query(`ALTER TABLE "${table}" ADD "public_in" integer NOT NULL DEFAULT '0'`);
      await runner.query(`ALTER TABLE "${table}" ADD CONSTRAINT "${table}_public_in_least" CHECK ("public_in" >= 0)`);
      await runner.query(countLinks(table, 'come', '+'));
      await runner.query(countLinks(table, 'gone', '-'));
      for (const [event, links, state] of [
        ['INSERT', 'come', 'NEW'],
        ['DELETE', 'gone', 'OLD'],
        ['UPDATE', 'come', 'NEW'],
        ['UPDATE', 'gone', 'OLD'],
      ])
        await runner.query(
          `CREATE TRIGGER "project_${table}_${event!.toLowerCase()}_${links}" AFTER ${event} ON "project_${table}"
           REFERENCING ${state} TABLE AS "${links}" FOR EACH STATEMENT EXECUTE FUNCTION "count_${table}_links_${links}"()`,
        );
    }
    await runner.query(countProject);
    await runner.query(
      `CREATE TRIGGER "project_published" AFTER UPDATE OF "is_public" ON "project" FOR EACH ROW
       WHEN (OLD."is_public" <> NEW."is_public") EXECUTE FUNCTION "count_project_links"()`,
    );
    // Before it: its links go with it, and then nobody knows any more that it was public.
    await runner.query(
      `CREATE TRIGGER "project_deleted" BEFORE DELETE ON "project" FOR EACH ROW
       WHEN (OLD."is_public") EXECUTE FUNCTION "count_project_links"()`,
    );
    for (const table of shared)
      await runner.query(
        `UPDATE "${table}" "t" SET "public_in" = "l"."number"
         FROM (SELECT "${table}_id" AS "id", count(*) AS "number" FROM "project_${table}" JOIN "project" "p" ON "p"."id" = "project_id"
           WHERE "p"."is_public" GROUP BY 1) "l" WHERE "t"."id" = "l"."id"`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER "project_deleted" ON "project"`);
    await runner.query(`DROP TRIGGER "project_published" ON "project"`);
    await runner.query(`DROP FUNCTION "count_project_links"()`);
    for (const table of shared) {
      await runner.query(`DROP FUNCTION "count_${table}_links_come"() CASCADE`);
      await runner.query(`DROP FUNCTION "count_${table}_links_gone"() CASCADE`);
      await runner.query(`ALTER TABLE "${table}" DROP COLUMN "public_in"`);
    }
  }
}
