import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is found by, of what everybody sees. None of these holds anything hidden: what somebody looks for is never compared with it,
 * and how long an answer takes tells nothing of it.
 */
const indexes: Readonly<Record<string, { where: string; on: Readonly<Record<string, string>> }>> = {
  project: {
    where: '"is_public"',
    on: {
      created: '("created_at" DESC NULLS LAST, "id")',
      published: '("published_at" DESC NULLS LAST, "id")',
      name: '(folded("name"), "id")',
      words_in_name: 'USING gin (folded("name") gin_trgm_ops)',
      tags: 'USING gin (folded_each("tags"))',
    },
  },
  session: {
    where: '"public_in" > 0',
    on: {
      created: '("created_at" DESC NULLS LAST, "id")',
      started: '("started_at", "id")',
      started_last: '("started_at" DESC NULLS LAST, "id")',
      name: '(folded("name"), "id")',
      words_in_name: 'USING gin (folded("name") gin_trgm_ops)',
      tags: 'USING gin (folded_each("tags"))',
    },
  },
  subject: {
    where: '"public_in" > 0',
    on: {
      created: '("created_at" DESC NULLS LAST, "id")',
      born: '("birth_date", "id")',
      name: '(folded("name"), "id")',
      words_in_name: 'USING gin (folded("name") gin_trgm_ops)',
      tags: 'USING gin (folded_each("tags"))',
    },
  },
  species: { where: '"is_approved"', on: { name: '(folded("name"), "id")' } },
  strain: { where: '"is_approved"', on: { name: '(folded("name"), "id")' } },
};

/** How many have a name is not learned from an index that holds but some of the rows. */
const learned: Readonly<Record<string, string>> = { name: 'folded("name")', tags: 'folded_each("tags")' };

const statistics = Object.entries(indexes).flatMap(([table, { on }]) =>
  Object.keys(on).flatMap((name) => (name in learned ? [{ table, name: `${table}_${name}`, of: learned[name]! }] : [])),
);

/** Those of foreign keys serve both: what is hidden stands apart in them. */
const references = [
  { column: 'species_id', before: 'IDX_6d0f7ceb130481dedbef11fd5d', after: 'IDX_124fc51ff48e09fe2d0263f6be' },
  { column: 'strain_id', before: 'IDX_2b2aa9cec0aad850a8b7516358', after: 'IDX_0e5c0f0c25eb6bee51696a6343' },
];

/** Lists that are looked through by everybody are found by indexes. */
export class IndexesOfWhatIsPublic1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await requireTrigrams(runner);
    for (const [table, { where, on }] of Object.entries(indexes))
      for (const [name, columns] of Object.entries(on))
        await runner.query(`CREATE INDEX "${table}_public_${name}" ON "${table}" ${columns} WHERE ${where}`);
    for (const { table, name, of } of statistics)
      await runner.query(`CREATE STATISTICS "${name}_folded" ON (${of}) FROM "${table}"`);
    for (const { column, before, after } of references) {
      await runner.query(`DROP INDEX "${before}"`);
      await runner.query(`CREATE INDEX "${after}" ON "subject"  ("${column}", "public_in")`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { column, before, after } of references) {
      await runner.query(`DROP INDEX "${after}"`);
      await runner.query(`CREATE INDEX "${before}" ON "subject"  ("${column}")`);
    }
    for (const { name } of statistics) await runner.query(`DROP STATISTICS "${name}_folded"`);
    for (const [table, { on }] of Object.entries(indexes))
      for (const name of Object.keys(on)) await runner.query(`DROP INDEX "${table}_public_${name}"`);
  }
}

/** The extension stays when this is undone: others may use it. */
async function requireTrigrams(runner: QueryRunner): Promise<void> {
  const [there] = (await runner.query(`SELECT 1 FROM pg_available_extensions WHERE "name" = 'pg_trgm'`)) as unknown[];
  if (!there)
    throw new Error(
      'This PostgreSQL lacks the extension pg_trgm, which finds words in names: install it (it comes with PostgreSQL, in many systems as the package postgresql-contrib) and start again.',
    );
  await runner.query(`CREATE EXTENSION IF NOT EXISTS "pg_trgm"`);
}
