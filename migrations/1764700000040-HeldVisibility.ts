import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What something is seen by: the code of its document, and how it is published. */
interface Root {
  table: string;
  code: number;
  /** By the thousand, as its projects are, or one by one. */
  opens: 'together' | 'singly';
}

const roots = {
  project: { table: 'project', code: 1, opens: 'singly' },
  subject: { table: 'subject', code: 2, opens: 'together' },
  session: { table: 'session', code: 3, opens: 'together' },
  setup: { table: 'setup', code: 0x21, opens: 'singly' },
  inventory: { table: 'inventory', code: 0x25, opens: 'singly' },
} as const satisfies Record<string, Root>;

/** What is seen with it, and by which of its columns the public is told how much there is. */
const contents: readonly { table: string; root: Root; counted: readonly string[] }[] = [
  { table: 'collection', root: roots.project, counted: [] },
  { table: 'cohort', root: roots.project, counted: [] },
  { table: 'procedure', root: roots.subject, counted: ['type', 'brain_region_id', 'consumable_stock_id'] },
  { table: 'behavior', root: roots.session, counted: [] },
  { table: 'data_acquisition', root: roots.session, counted: ['type'] },
  { table: 'manipulation', root: roots.session, counted: ['type'] },
  { table: 'equipment', root: roots.setup, counted: ['hardware_device_id'] },
  { table: 'consumable_stock', root: roots.inventory, counted: [] },
];

/** What was counted of it so far: stocks were not. */
const tallied = contents.filter(({ table }) => table !== 'consumable_stock');

/**
 * Whether something is public stays as it is while what is in it is written. What is locked for that is its document, on which nobody
 * else waits: they who change the object itself, or put something beside what is written, go on. By lists of ids, in their order.
 */
const hold = ({ code }: Root, ids: string, how: 'KEY SHARE' | 'UPDATE'): string =>
  `PERFORM 1 FROM "search_document" WHERE "type" = ${code} AND "root_id" = ANY(${ids}) ORDER BY "root_id" FOR ${how};`;

/** A part of a function that is there, and what stands in its place. */
interface Change {
  name: string;
  from: string;
  to: string;
}

/** Something new is put into it. */
function made({ table, root }: (typeof contents)[number]): Change {
  const ids = `ARRAY(SELECT "${root.table}_id" FROM "made")`;
  return {
    name: `search_${table}_made`,
    from: `PERFORM 1 FROM "${root.table}" WHERE "id" = ANY(${ids}) ORDER BY "id" FOR SHARE;`,
    to: hold(root, ids, 'KEY SHARE'),
  };
}

/**
 * It is published or revoked: nobody writes what is in it meanwhile, and what they wrote before is found. Which documents are to be
 * opened or closed is asked so that no index of all that is public is of use for it, but only that of its own documents: the planner, who
 * takes the ids for few, would read all the others for them.
 */
const opened = (root: Root): Change[] => {
  const name = `search_${root.table}_opened`;
  if (root.opens === 'singly') {
    const from = `BEGIN\n       UPDATE "search_document"`;
    return [{ name, from, to: from.replace('BEGIN', `BEGIN ${hold(root, 'ARRAY[NEW."id"]', 'UPDATE')}`) }];
  }
  const isAny = `"opened" || "closed" <> '{}'`;
  const held = `BEGIN IF ${isAny} THEN ${hold(root, '"opened" || "closed"', 'UPDATE')} END IF;`;
  return [
    { name, from: `BEGIN IF "opened" <> '{}' THEN`, to: `${held} IF "opened" <> '{}' THEN` },
    { name, from: `AND "is_public" <> true;`, to: `AND "is_public"::integer = 0;` },
    { name, from: `AND "is_public" <> false;`, to: `AND "is_public"::integer = 1;` },
  ];
};

/** What is in it goes with it. */
const deleted = (root: Root): Change => ({
  name: `tally_deleted_${root.table}`,
  from: `BEGIN\n`,
  to: `BEGIN ${hold(root, 'ARRAY[OLD."id"]', 'UPDATE')}\n`,
});

/** What is in it is taken out, or counts for something else than before. */
function counted({ table, root, counted: columns }: (typeof contents)[number]): Change[] {
  const name = `tally_${table}`;
  const root_id = `"${root.table}_id"`;
  const all = [root_id, ...columns.map((column) => `"${column}"`)].join(', ');
  const gone = hold(root, `ARRAY(SELECT ${root_id} FROM "gone")`, 'KEY SHARE');
  const moved = hold(
    root,
    `ARRAY(SELECT ${root_id} FROM (SELECT ${all} FROM "came" EXCEPT ALL SELECT ${all} FROM "gone") "moved")`,
    'KEY SHARE',
  );
  const deleting = { name, from: `'DELETE' THEN\n`, to: `'DELETE' THEN ${gone}\n` };
  return columns.length === 0 ? [deleting] : [deleting, { name, from: `ELSE\n`, to: `ELSE ${moved}\n` }];
}

const changes: readonly Change[] = [
  ...contents.map(made),
  ...Object.values(roots).flatMap(opened),
  ...Object.values(roots)
    .filter(({ table }) => table !== 'inventory')
    .map(deleted),
  ...tallied.flatMap(counted),
];

async function replace(runner: QueryRunner, { name, from, to }: Change): Promise<void> {
  const [found] = (await runner.query(`SELECT pg_get_functiondef($1::regproc) AS "definition"`, [`"${name}"`])) as {
    definition: string;
  }[];
  const parts = found!.definition.split(from);
  if (parts.length !== 2) throw new Error(`${name} is not as this migration knows it: it holds no single ${from}`);
  await runner.query(parts.join(to));
}

/**
 * Whoever writes what is in something, and whoever publishes or revokes it, wait for each other, and for nobody else: an import into a
 * session does not keep the session from being edited.
 */
export class HeldVisibility1764700000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const change of changes) await replace(runner, change);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name, from, to } of [...changes].reverse()) await replace(runner, { name, from: to, to: from });
  }
}
