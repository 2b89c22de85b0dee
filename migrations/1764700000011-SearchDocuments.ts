import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The documents of one type, as the models drew them when this was written; a test tells where they have changed since. */
interface Shape {
  table: string;
  code: number;
  root: { column: string; table: string; isPublic: string };
  columns: string;
  body: string;
  names: readonly string[];
}

const shapes: readonly Shape[] = [
  {
    table: 'project',
    code: 1,
    root: {
      column: 'id',
      table: 'project',
      isPublic: '"is_public"',
    },
    columns:
      '"name" text, "identifiers" jsonb, "tags" text[], "name_used_in_storage" text, "description" text, "extra_fields" jsonb, "license" text, "funding" jsonb, "repository_links" jsonb',
    body: "search_names(\"name\", 'A') || search_names(COALESCE(search_json(\"identifiers\"), '') || ' ' || COALESCE(search_list(\"tags\"), '') || ' ' || COALESCE(\"name_used_in_storage\", ''), 'B') || search_prose(\"description\", 'C') || search_prose(COALESCE(search_json(\"extra_fields\"), '') || ' ' || COALESCE(\"license\", '') || ' ' || COALESCE(search_json(\"funding\"), '') || ' ' || COALESCE(search_json(\"repository_links\"), ''), 'D')",
    names: ['name'],
  },
  {
    table: 'subject',
    code: 2,
    root: {
      column: 'id',
      table: 'subject',
      isPublic: '"public_in" > 0',
    },
    columns:
      '"species_id" uuid, "strain_id" uuid, "supplier_id" uuid, "name" text, "genetic_line" text, "genotype" text, "identifier" text, "tags" text[], "name_used_in_storage" text, "description" text, "extra_fields" jsonb',
    body: "search_references(replace(\"species_id\"::text, '-', ''), replace(\"strain_id\"::text, '-', ''), replace(\"supplier_id\"::text, '-', '')) || search_names(\"name\", 'A') || search_names(COALESCE(\"genetic_line\", '') || ' ' || COALESCE(\"genotype\", '') || ' ' || COALESCE(\"identifier\", '') || ' ' || COALESCE(search_list(\"tags\"), '') || ' ' || COALESCE(\"name_used_in_storage\", ''), 'B') || search_prose(\"description\", 'C') || search_prose(search_json(\"extra_fields\"), 'D')",
    names: [],
  },
  {
    table: 'session',
    code: 3,
    root: {
      column: 'id',
      table: 'session',
      isPublic: '"public_in" > 0',
    },
    columns:
      '"name" text, "tags" text[], "name_used_in_storage" text, "description" text, "extra_fields" jsonb, "repository_links" jsonb',
    body: "search_names(\"name\", 'A') || search_names(COALESCE(search_list(\"tags\"), '') || ' ' || COALESCE(\"name_used_in_storage\", ''), 'B') || search_prose(\"description\", 'C') || search_prose(COALESCE(search_json(\"extra_fields\"), '') || ' ' || COALESCE(search_json(\"repository_links\"), ''), 'D')",
    names: [],
  },
  {
    table: 'collection',
    code: 4,
    root: {
      column: 'project_id',
      table: 'project',
      isPublic: '"is_public"',
    },
    columns: '"name" text, "tags" text[], "description" text',
    body: 'search_names("name", \'A\') || search_names(search_list("tags"), \'B\') || search_prose("description", \'C\')',
    names: [],
  },
  {
    table: 'cohort',
    code: 5,
    root: {
      column: 'project_id',
      table: 'project',
      isPublic: '"is_public"',
    },
    columns: '"name" text, "tags" text[], "description" text',
    body: 'search_names("name", \'A\') || search_names(search_list("tags"), \'B\') || search_prose("description", \'C\')',
    names: [],
  },
  {
    table: 'procedure',
    code: 20,
    root: {
      column: 'subject_id',
      table: 'subject',
      isPublic: '"public_in" > 0',
    },
    columns:
      '"brain_region_id" uuid, "type" text, "coordinate_system" text, "coordinates" jsonb, "details" jsonb, "notes" text',
    body: "search_references(replace(\"brain_region_id\"::text, '-', ''), 'PROCEDURE/' || \"type\", 'COORDINATES/' || \"coordinate_system\") || search_prose(COALESCE(search_json(\"coordinates\"), '') || ' ' || COALESCE(search_json(\"details\"), '') || ' ' || COALESCE(\"notes\", ''), 'D')",
    names: [],
  },
  {
    table: 'behavior',
    code: 17,
    root: {
      column: 'session_id',
      table: 'session',
      isPublic: '"public_in" > 0',
    },
    columns: '"notes" text',
    body: 'search_prose("notes", \'D\')',
    names: [],
  },
  {
    table: 'data_acquisition',
    code: 18,
    root: {
      column: 'session_id',
      table: 'session',
      isPublic: '"public_in" > 0',
    },
    columns: '"type" text, "details" jsonb, "notes" text',
    body: "search_references('DATA_ACQUISITION/' || \"type\") || search_prose(COALESCE(search_json(\"details\"), '') || ' ' || COALESCE(\"notes\", ''), 'D')",
    names: [],
  },
  {
    table: 'manipulation',
    code: 19,
    root: {
      column: 'session_id',
      table: 'session',
      isPublic: '"public_in" > 0',
    },
    columns: '"type" text, "details" jsonb, "notes" text',
    body: "search_references('MANIPULATION/' || \"type\") || search_prose(COALESCE(search_json(\"details\"), '') || ' ' || COALESCE(\"notes\", ''), 'D')",
    names: [],
  },
  {
    table: 'behavioral_paradigm',
    code: 32,
    root: {
      column: 'id',
      table: 'behavioral_paradigm',
      isPublic: '"is_public"',
    },
    columns: '"category_id" uuid, "setup_type_id" uuid, "name" text, "description" text',
    body: "search_references(replace(\"category_id\"::text, '-', ''), replace(\"setup_type_id\"::text, '-', '')) || search_names(\"name\", 'A') || search_prose(\"description\", 'C')",
    names: [],
  },
  {
    table: 'setup',
    code: 33,
    root: {
      column: 'id',
      table: 'setup',
      isPublic: '"is_public"',
    },
    columns: '"setup_type_id" uuid, "name" text, "description" text, "location" text, "specifications" jsonb',
    body: "search_references(replace(\"setup_type_id\"::text, '-', '')) || search_names(\"name\", 'A') || search_prose(\"description\", 'C') || search_prose(COALESCE(\"location\", '') || ' ' || COALESCE(search_json(\"specifications\"), ''), 'D')",
    names: [],
  },
  {
    table: 'inventory',
    code: 37,
    root: {
      column: 'id',
      table: 'inventory',
      isPublic: '"is_public"',
    },
    columns: '"name" text, "description" text, "location" text',
    body: 'search_names("name", \'A\') || search_prose("description", \'C\') || search_prose("location", \'D\')',
    names: [],
  },
  {
    table: 'data_storage',
    code: 35,
    root: {
      column: 'id',
      table: 'data_storage',
      isPublic: '"is_public"',
    },
    columns: '"name" text, "description" text, "location" text',
    body: 'search_names("name", \'A\') || search_prose("description", \'C\') || search_prose("location", \'D\')',
    names: [],
  },
  {
    table: 'equipment',
    code: 34,
    root: {
      column: 'setup_id',
      table: 'setup',
      isPublic: '"is_public"',
    },
    columns:
      '"hardware_device_id" uuid, "consumable_id" uuid, "type" text, "coordinate_system" text, "name" text, "coordinates" jsonb, "details" jsonb, "notes" text',
    body: "search_references(replace(\"hardware_device_id\"::text, '-', ''), replace(\"consumable_id\"::text, '-', ''), 'EQUIPMENT/' || \"type\", 'COORDINATES/' || \"coordinate_system\") || search_names(\"name\", 'A') || search_prose(COALESCE(search_json(\"coordinates\"), '') || ' ' || COALESCE(search_json(\"details\"), '') || ' ' || COALESCE(\"notes\", ''), 'D')",
    names: [],
  },
  {
    table: 'consumable_stock',
    code: 38,
    root: {
      column: 'inventory_id',
      table: 'inventory',
      isPublic: '"is_public"',
    },
    columns:
      '"consumable_id" uuid, "type" text, "details" jsonb, "storage_location" text, "storage_conditions" text, "intended_use" text, "cost" text, "notes" text',
    body: "search_references(replace(\"consumable_id\"::text, '-', ''), 'CONSUMABLE_STOCK/' || \"type\") || search_prose(COALESCE(search_json(\"details\"), '') || ' ' || COALESCE(\"storage_location\", '') || ' ' || COALESCE(\"storage_conditions\", '') || ' ' || COALESCE(\"intended_use\", '') || ' ' || COALESCE(\"cost\", '') || ' ' || COALESCE(\"notes\", ''), 'D')",
    names: [],
  },
  {
    table: 'species',
    code: 48,
    root: {
      column: 'id',
      table: 'species',
      isPublic: '"is_approved"',
    },
    columns: '"name" text, "synonyms" text[], "rrid" text, "external_identifiers" jsonb, "description" text',
    body: "search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_names(COALESCE(\"rrid\", '') || ' ' || COALESCE(search_json(\"external_identifiers\"), ''), 'B') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'strain',
    code: 49,
    root: {
      column: 'id',
      table: 'strain',
      isPublic: '"is_approved"',
    },
    columns:
      '"species_id" uuid, "name" text, "synonyms" text[], "rrid" text, "external_identifiers" jsonb, "description" text',
    body: "search_references(replace(\"species_id\"::text, '-', '')) || search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_names(COALESCE(\"rrid\", '') || ' ' || COALESCE(search_json(\"external_identifiers\"), ''), 'B') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'brain_region',
    code: 50,
    root: {
      column: 'id',
      table: 'brain_region',
      isPublic: '"is_approved"',
    },
    columns: '"name" text, "acronym" text, "synonyms" text[]',
    body: "search_names(COALESCE(\"name\", '') || ' ' || COALESCE(\"acronym\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A')",
    names: ['name', 'acronym', 'synonyms'],
  },
  {
    table: 'setup_type',
    code: 51,
    root: {
      column: 'id',
      table: 'setup_type',
      isPublic: '"is_approved"',
    },
    columns: '"name" text, "synonyms" text[], "description" text',
    body: "search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'behavioral_category',
    code: 52,
    root: {
      column: 'id',
      table: 'behavioral_category',
      isPublic: '"is_approved"',
    },
    columns: '"name" text, "synonyms" text[], "description" text',
    body: "search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'supplier',
    code: 53,
    root: {
      column: 'id',
      table: 'supplier',
      isPublic: '"is_approved"',
    },
    columns: '"name" text, "synonyms" text[], "rrid" text, "external_identifiers" jsonb, "description" text',
    body: "search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_names(COALESCE(\"rrid\", '') || ' ' || COALESCE(search_json(\"external_identifiers\"), ''), 'B') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'hardware_device',
    code: 54,
    root: {
      column: 'id',
      table: 'hardware_device',
      isPublic: '"is_approved"',
    },
    columns:
      '"supplier_id" uuid, "name" text, "synonyms" text[], "rrid" text, "external_identifiers" jsonb, "description" text',
    body: "search_references(replace(\"supplier_id\"::text, '-', '')) || search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_names(COALESCE(\"rrid\", '') || ' ' || COALESCE(search_json(\"external_identifiers\"), ''), 'B') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'consumable',
    code: 55,
    root: {
      column: 'id',
      table: 'consumable',
      isPublic: '"is_approved"',
    },
    columns:
      '"supplier_id" uuid, "name" text, "synonyms" text[], "rrid" text, "external_identifiers" jsonb, "description" text',
    body: "search_references(replace(\"supplier_id\"::text, '-', '')) || search_names(COALESCE(\"name\", '') || ' ' || COALESCE(search_list(\"synonyms\"), ''), 'A') || search_names(COALESCE(\"rrid\", '') || ' ' || COALESCE(search_json(\"external_identifiers\"), ''), 'B') || search_prose(\"description\", 'C')",
    names: ['name', 'synonyms'],
  },
  {
    table: 'journal',
    code: 56,
    root: {
      column: 'id',
      table: 'journal',
      isPublic: '"is_approved"',
    },
    columns: '"name" text',
    body: 'search_names("name", \'A\')',
    names: ['name'],
  },
  {
    table: 'publication',
    code: 57,
    root: {
      column: 'id',
      table: 'publication',
      isPublic: '"is_approved"',
    },
    columns: '"journal_id" uuid, "title" text, "authors" text, "doi" text, "abstract" text',
    body: "search_references(replace(\"journal_id\"::text, '-', '')) || search_names(\"title\", 'A') || search_names(COALESCE(\"authors\", '') || ' ' || COALESCE(\"doi\", ''), 'B') || search_prose(\"abstract\", 'C')",
    names: ['title'],
  },
];

/** Of a longer text no more is searched: those of one weight are one text, and all have to fit into one document. */
const longest = 40_000;

/**
 * A reference that is not there leaves a word of its own: how long a document is, and so how it ranks, is not to tell of one that is
 * hidden.
 */
const functions = `
  CREATE FUNCTION "search_text"("given" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN left("folded"(left("given", ${longest})), ${longest});
  CREATE FUNCTION "search_names"("given" text, "weight" "char") RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(COALESCE(to_tsvector('pg_catalog.simple', "search_text"("given")) || to_tsvector('pg_catalog.english', "search_text"("given")), ''), "weight");
  CREATE FUNCTION "search_prose"("given" text, "weight" "char") RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(COALESCE(to_tsvector('pg_catalog.english', "search_text"("given")), ''), "weight");
  CREATE FUNCTION "search_list"("given" text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_string("given", ' ; ');
  CREATE FUNCTION "search_json"("given" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT string_agg("found" #>> '{}', ' ') FROM jsonb_path_query("given", 'strict $.** ? (@.type() == "string")') AS "each"("found"));
  CREATE FUNCTION "search_references"(VARIADIC "given" text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT string_agg('''=' || COALESCE(replace(replace("one", '\\', '\\\\'), '''', ''''''), "place"::text) || ''':1B', ' ')::tsvector FROM unnest("given") WITH ORDINALITY AS "each"("one", "place"))`;

/**
 * One document for each object that is searched, by the code of its type. What is public is in the index that is searched, and nothing
 * else. Each group of types has indexes of its own, so that common words of the modules do not stand in the way of the projects.
 */
const groups: readonly (readonly [name: string, codes: readonly number[]])[] = [
  ['subject', [2]],
  ['session', [3]],
  ['procedure', [0x14]],
  ['module', [0x11, 0x12, 0x13]],
];

const tables = `
  CREATE TABLE "search_document" (
    "type" smallint NOT NULL,
    "is_public" boolean NOT NULL,
    "id" uuid NOT NULL,
    "root_id" uuid NOT NULL,
    "names" text,
    "document" tsvector NOT NULL,
    PRIMARY KEY ("root_id", "id", "type")
  ) PARTITION BY LIST ("type");
  ${groups.map(([name, codes]) => `CREATE TABLE "search_document_${name}" PARTITION OF "search_document" FOR VALUES IN (${codes.join(', ')});`).join('\n')}
  CREATE TABLE "search_document_other" PARTITION OF "search_document" DEFAULT`;

/** Made when the documents are there, which takes a part of the time. */
const indexes = `
  CREATE INDEX "search_document_public" ON "search_document" USING gin ("document") WHERE "is_public";
  CREATE INDEX "search_document_public_newest" ON "search_document" ("id") WHERE "is_public";
  CREATE INDEX "search_document_names" ON "search_document_other" USING gin ("names" gin_trgm_ops) WHERE "is_public"`;

/**
 * What is found among the documents that are public, by their index alone: the planner, which cannot know how rare a beginning of a
 * word is, would else read all documents for it.
 */
const finding = `
  CREATE FUNCTION "search_few"("types" smallint[], "query" tsquery, "most" integer) RETURNS TABLE ("id" uuid, "type" smallint, "document" tsvector)
    LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$ BEGIN
      RETURN QUERY SELECT d."id", d."type", d."document" FROM "search_document" d
        WHERE d."type" = ANY("types") AND d."is_public" AND d."document" @@ "query" LIMIT "most"; END $$`;

const columnsOf = ({ columns }: Shape): string[] => columns.split(', ').map((column) => column.split(' ')[0]!);

/** The columns of a document of a row: what it is public by is asked of its root as that is stored now. */
function documentOf(shape: Shape, row: string): string {
  const { table, code, root, names } = shape;
  const columns = columnsOf(shape).map((column) => `${row}.${column}`);
  const rootId = `${row}."${root.column}"`;
  return `${code}, COALESCE((SELECT ${root.isPublic} FROM "${root.table}" WHERE "id" = ${rootId}), false), ${row}."id", ${rootId},
    ${names.length > 0 ? namesOf(shape, row) : 'NULL'}, "search_${table}"(${columns.join(', ')})`;
}

/** What a suggestion is drawn from: names and synonyms, whose signs of a list are no part of a word. */
const namesOf = ({ names }: Shape, row: string): string =>
  `"search_text"(concat_ws(' ', ${names.map((column) => `${row}."${column}"`).join(', ')}))`;

const insertion = `INSERT INTO "search_document" ("type", "is_public", "id", "root_id", "names", "document")`;

/** Whoever publishes the root of something new is waited for, and waits. */
function triggersOf(shape: Shape): string[] {
  const { table, code, root, columns, body, names } = shape;
  const changed = columnsOf(shape);
  const wait = `PERFORM 1 FROM "${root.table}" WHERE "id" = ANY(ARRAY(SELECT "${root.column}" FROM "made")) ORDER BY "id" FOR SHARE;`;
  return [
    `CREATE FUNCTION "search_${table}"(${columns}) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`,
    `CREATE FUNCTION "search_${table}_made"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       ${root.column === 'id' ? '' : wait}
       ${insertion} SELECT ${documentOf(shape, '"made"')} FROM "made";
       RETURN NULL; END $$`,
    `CREATE FUNCTION "search_${table}_changed"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE "search_document" SET ${names.length > 0 ? `"names" = ${namesOf(shape, 'NEW')}, ` : ''}"document" = "search_${table}"(${changed.map((column) => `NEW.${column}`).join(', ')})
       WHERE "root_id" = NEW."${root.column}" AND "id" = NEW."id" AND "type" = ${code};
       RETURN NULL; END $$`,
    `CREATE FUNCTION "search_${table}_gone"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       DELETE FROM "search_document" WHERE "root_id" = OLD."${root.column}" AND "id" = OLD."id" AND "type" = ${code};
       RETURN NULL; END $$`,
    `CREATE TRIGGER "search_made" AFTER INSERT ON "${table}" REFERENCING NEW TABLE AS "made" FOR EACH STATEMENT EXECUTE FUNCTION "search_${table}_made"()`,
    `CREATE TRIGGER "search_changed" AFTER UPDATE OF ${changed.join(', ')} ON "${table}" FOR EACH ROW
       WHEN (${changed.map((column) => `OLD.${column} IS DISTINCT FROM NEW.${column}`).join(' OR ')}) EXECUTE FUNCTION "search_${table}_changed"()`,
    `CREATE TRIGGER "search_gone" AFTER DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION "search_${table}_gone"()`,
  ];
}

/** What is public by a flag of its own is published and revoked one by one. */
function flagTriggers(root: Shape['root']): string[] {
  const { table, isPublic } = root;
  return [
    `CREATE FUNCTION "search_${table}_opened"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       UPDATE "search_document" SET "is_public" = NEW.${isPublic} WHERE "root_id" = NEW."id";
       RETURN NULL; END $$`,
    `CREATE TRIGGER "search_opened" AFTER UPDATE OF ${isPublic} ON "${table}" FOR EACH ROW
       WHEN (OLD.${isPublic} <> NEW.${isPublic}) EXECUTE FUNCTION "search_${table}_opened"()`,
  ];
}

/** What is public by its projects is published by the thousand: by lists of ids, whose plan holds for few and for many. */
function countTriggers(root: Shape['root'], codes: readonly number[]): string[] {
  const { table, isPublic } = root;
  const set = (to: boolean, ids: string): string =>
    `IF "${ids}" <> '{}' THEN UPDATE "search_document" SET "is_public" = ${to} WHERE "root_id" = ANY("${ids}") AND "type" IN (${codes.join(', ')}) AND "is_public" <> ${to}; END IF;`;
  const only = (one: string, other: string): string =>
    `ARRAY(SELECT "id" FROM "${one}" WHERE ${isPublic} EXCEPT SELECT "id" FROM "${other}" WHERE ${isPublic})`;
  return [
    `CREATE FUNCTION "search_${table}_opened"() RETURNS trigger LANGUAGE plpgsql AS $$
     DECLARE "opened" uuid[] := ${only('after', 'before')}; "closed" uuid[] := ${only('before', 'after')};
     BEGIN ${set(true, 'opened')} ${set(false, 'closed')} RETURN NULL; END $$`,
    `CREATE TRIGGER "search_opened" AFTER UPDATE ON "${table}" REFERENCING OLD TABLE AS "before" NEW TABLE AS "after"
       FOR EACH STATEMENT EXECUTE FUNCTION "search_${table}_opened"()`,
  ];
}

function rootTriggers(): string[] {
  const roots = new Map(shapes.map(({ root }) => [root.table, root]));
  return [...roots.values()].flatMap((root) => {
    const codes = shapes.filter((shape) => shape.root.table === root.table).map(({ code }) => code);
    return root.isPublic.includes('>') ? countTriggers(root, codes) : flagTriggers(root);
  });
}

async function addTrigrams(runner: QueryRunner): Promise<void> {
  const [found] = (await runner.query(`SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'`)) as unknown[];
  if (found) return;
  try {
    await runner.query('CREATE EXTENSION pg_trgm');
  } catch (error) {
    throw new Error(
      'PostgreSQL lacks the extension pg_trgm, which comes with its contrib package: install that package (such as postgresql-contrib), ' +
        `or have somebody who may run CREATE EXTENSION pg_trgm in this database. It says: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Everything that is searched gets a document, kept by triggers in the transaction that changes it. */
export class SearchDocuments1764700000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addTrigrams(runner);
    await runner.query(functions);
    await runner.query(tables);
    for (const shape of shapes) {
      for (const statement of triggersOf(shape)) await runner.query(statement);
      await runner.query(`${insertion} SELECT ${documentOf(shape, '"t"')} FROM "${shape.table}" "t"`);
    }
    for (const statement of rootTriggers()) await runner.query(statement);
    await runner.query(indexes);
    await runner.query(finding);
  }

  /** The extension stays: others may have come to use it. */
  async down(runner: QueryRunner): Promise<void> {
    for (const { table, columns } of shapes) {
      for (const event of ['made', 'changed', 'gone', 'opened'])
        await runner.query(`DROP FUNCTION IF EXISTS "search_${table}_${event}"() CASCADE`);
      const types = columns.split(', ').map((column) => column.split(' ')[1]!);
      await runner.query(`DROP FUNCTION "search_${table}"(${types.join(', ')})`);
    }
    await runner.query(`DROP FUNCTION "search_few"`);
    await runner.query(`DROP TABLE "search_document"`);
    await runner.query(
      `DROP FUNCTION "search_references", "search_json", "search_list", "search_prose", "search_names", "search_text"`,
    );
  }
}
