import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { newId } from '../../src/model/ids';
import { projectFolder } from '../../src/project-folder';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { openWire, refusal, type Wire } from './wire';

let database: TestDatabase;
let wire: Wire;
const statements: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await openWire(database.dataSource, { onStatement: (statement) => statements.push(statement) });
  await wire.ask(getIntrospectionQuery()); // what follows is measured, and the first query is slower
});

afterAll(async () => {
  await wire.close();
  await database.drop();
});

type Query = [what: string, query: string, variables?: object];

async function refused(query: string, variables?: object, more?: object): Promise<string> {
  statements.length = 0;
  const sentence = refusal(await wire.ask(query, variables, more), 400, 'QUERY_TOO_LARGE');
  expect(statements).toEqual([]);
  return sentence;
}

async function answered(query: string, variables?: object): Promise<void> {
  const response = await wire.ask(query, variables);
  expect([response.statusCode, response.json<{ errors?: unknown }>().errors]).toEqual([200, undefined]);
}

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

const pages = (...sizes: (number | string)[]): string => {
  const [a, b, c] = sizes;
  return `{ projects(first: ${a}) { nodes { sessions(first: ${b}) { nodes { dataAcquisitions(first: ${c}) { nodes { id } } } } } } }`;
};

describe('depth', () => {
  const open = 'sessions(first: 1) { nodes { subjects(first: 1) { nodes { '.repeat(3);
  const below = (inner: string): string =>
    `{ projects(first: 1) { nodes { ${open} ${inner} ${'} } } } '.repeat(3)} } } }`;

  test('sixteen levels are answered, seventeen are not', async () => {
    await answered(below('species { name }'));
    expect(await refused(below('species { strains { totalCount } }'))).toContain('17 levels deep, but at most 16');
  });

  test.each([
    ['an inline fragment', below('... on Subject { ... { species { strains { totalCount } } } }')],
    [
      'a fragment',
      `${below('...A')} fragment A on Subject { species { ...B } } fragment B on Species { strains { totalCount } }`,
    ],
    ['a shallow neighbour', below('name species { name strains { totalCount } }')],
    ['an alias', below('a: species { b: strains { c: totalCount } }')],
  ])('behind %s they count as well', async (_what, query) => {
    expect(await refused(query)).toContain('17 levels');
  });

  test('what is left out does not count', async () => {
    await answered(below('species { name strains @skip(if: true) { totalCount } }'));
    await answered(below('species { name strains @include(if: false) { totalCount } }'));
  });

  test('brackets without end are refused before they are read', async () => {
    for (const brackets of [
      '{ a '.repeat(100_000),
      '{ projects(first: '.concat('['.repeat(100_000)),
      '{}'.repeat(400_000),
    ]) {
      expect(await refused(brackets)).toContain('200 brackets');
    }
    await answered(`{ __type(name: "${'{'.repeat(300)}") { name } } # ${'['.repeat(300)}`);
    await answered(`{ __type(name: """${'{"'.repeat(300)} \\""" """) { name } }`);
  });
});

describe('objects', () => {
  test('100 × 100 is answered, 100 × 100 × 100 is not', async () => {
    await answered(pages(100, 100, 0));
    expect(await refused(pages(100, 100, 100))).toContain('could return 1010100 objects, but at most 100000');
  });

  test('the ceiling is where it says', async () => {
    // 10 + 990 + 99,000: what is on a page is counted whether or not it is selected.
    const unread = (size: number): string => pages(10, size, 100).replace('nodes { id }', 'pageInfo { hasNextPage }');
    await answered(unread(99));
    expect(await refused(unread(100))).toContain('could return 101010 objects');
    expect(await refused(pages(10, 75, 100))).toMatch(/could return \d+ values/); // 2 for each, and some around each page
  });

  test('a page without a size counts as one of the default size, from either end', async () => {
    const query = (size: string): string =>
      `{ projects(first: 100) { nodes { sessions(first: 100) { nodes { dataAcquisitions${size} { totalCount } } } } } }`;
    await refused(query(''));
    await refused(query('(first: null)'));
    await refused(query('(last: 10)'));
    await answered(query('(last: 8)'));
  });

  const many = '{ nodes { sessions(first: 100) { nodes { dataAcquisitions(first: 100) { nodes { id } } } } } }';
  test.each<Query>([
    [
      'aliases',
      `{ ${times(11, (i) => `p${i}: projects(first: 10) { nodes { sessions(first: 10) { nodes { dataAcquisitions(first: 100) { nodes { id } } } } } }`)} }`,
    ],
    ['the same field twice', `{ projects(first: 6) ${many} projects(first: 6) ${many} }`],
    ['a variable', `query ($n: Int) { projects(first: $n) ${many} }`, { n: 100 }],
    ['the default of a variable', `query ($n: Int = 100) { projects(first: $n) ${many} }`],
    ['a variable that is null', `query ($n: Int) { projects(first: $n) ${many} }`, { n: null }],
    ['a fragment', `{ projects(first: 100) { ...A } } fragment A on ProjectConnection ${many}`],
    ['an inline fragment', `{ ... { projects(first: 100) { ... on ProjectConnection ${many} } } }`],
    ['a condition that holds', `query ($no: Boolean = false) { projects(first: 100) @skip(if: $no) ${many} }`],
    ['the edges', pages(100, 100, 100).replaceAll('nodes {', 'edges { node {').replace(/ \}$/, ' } } } }')],
    ['one of several operations', `query A { __typename } query B { projects(first: 100) ${many} }`],
    [
      'the ids of many',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project ${many.replace('{ nodes', '{ sessions(first: 1) { nodes { projects { nodes').replace(/$/, '} } }')} } }`,
      { ids: new Array(100).fill(newId('Project')) },
    ],
    [
      'pages without a size',
      '{ sessions(first: 100) { nodes { dataAcquisitions { nodes { session { epochs { nodes { behaviors { totalCount } } } } } } } } }',
    ],
  ])('%s does not get around it', async (...[what, query, variables]: Query) => {
    const more = what.includes('operations') ? { operationName: 'B' } : {};
    await refused(query, variables, more);
  });

  test('what is left out, or is another operation, does not count', async () => {
    const variables = { no: true };
    await answered(`query ($no: Boolean!) { __typename projects(first: 100) @skip(if: $no) ${many} }`, variables);
    await answered(
      `query ($no: Boolean!) { __typename ... @skip(if: $no) { projects(first: 100) ${many} } }`,
      variables,
    );
    const both = `query A { __typename } query B { projects(first: 100) ${many} }`;
    expect((await wire.ask(both, {}, { operationName: 'A' })).statusCode).toBe(200);
  });
});

describe('values and connections', () => {
  test('an alias over and over counts each time', async () => {
    const aliases = times(40, (i) => `a${i}: description`);
    const query = `{ projects(first: 100) { nodes { sessions(first: 100) { nodes { ${aliases} } } } } }`;
    expect(await refused(query)).toMatch(/could return \d+ values, but at most 150000/);
  });

  test('so do edges without their objects, and what has no id', async () => {
    const edges = times(40, (i) => `e${i}: edges { cursor }`);
    await refused(`{ projects(first: 100) { nodes { sessions(first: 100) { ${edges} } } } }`);
    await refused(`{ ${times(300, (i) => `m${i}: moduleTypes { schema }`)} }`);
    await refused(`{ __schema { types { ${times(300, (i) => `f${i}: fields { name }`)} } } }`);
    await refused(`{ ${times(400, (i) => `t${i}: __type(name: "Query") { fields { name args { name } } }`)} }`);
    await refused(
      `{ __schema { types { fields { type { fields { args { ${times(60, (i) => `n${i}: name`)} } } } } } } }`,
    );
  });

  test('an answer that would be too long all the same is not sent', async () => {
    const { dataSource } = database;
    await dataSource.query(
      `INSERT INTO "species" ("id", "name", "is_approved", "description") VALUES ($1, 'Long', true, repeat('x', 100000))`,
      [newId('Species')],
    );
    const query = (count: number): string =>
      `{ species(first: 100) { nodes { ${times(count, (i) => `a${i}: description`)} } } }`;
    await answered(query(100));
    const response = await wire.ask(query(1000));
    await dataSource.query('DELETE FROM "species"');
    expect(response.json()).toMatchObject({
      data: null,
      errors: [{ extensions: { costliestField: 'Species.description' } }],
    });
    expect(refusal(response, 200, 'QUERY_TOO_LARGE')).toContain('at most 16777216 bytes are spent');
  });

  test('a query opens at most 200 connections', async () => {
    const totals = (count: number): string => `{ ${times(count, (i) => `t${i}: projects(first: 1) { totalCount }`)} }`;
    await answered(totals(200));
    expect(await refused(totals(201))).toContain('opens 201 connections, but at most 200');
  });
});

describe('ordinary questions pass', () => {
  test.each<[string, object]>([
    ['the default', {}],
    [
      'the one of GraphiQL',
      {
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      },
    ],
  ])('introspection: %s', async (_what, options) => {
    await answered(getIntrospectionQuery(options));
  });

  const folder = join(projectFolder, 'schema', 'operations');
  test.each(readdirSync(folder).filter((name) => name.endsWith('.graphql')))('the example %s', async (name) => {
    const response = await wire.ask(readFileSync(join(folder, name), 'utf8'));
    expect(response.body).not.toContain('QUERY_TOO_LARGE');
    expect(response.statusCode).toBe(200);
  });

  test('a page of everything at once', async () => {
    const connections = [
      'projects',
      'subjects',
      'sessions',
      'collections',
      'cohorts',
      'behaviors',
      'procedures',
      'setups',
    ];
    await answered(
      `{ ${connections.map((name) => `${name}(first: 100) { totalCount nodes { id createdAt updatedAt } pageInfo { endCursor } }`).join(' ')} }`,
    );
  });
});

describe('hostile queries are refused without holding up anybody', () => {
  const fragments = (count: number, body: (next: string) => string, last: string): string =>
    `{ projects { nodes { ...F0 } } } ${times(count, (i) => `fragment F${i} on Project { ${body(`...F${i + 1}`)} }`)} fragment F${count} on Project { ${last} }`;

  const queries: Query[] = [
    [
      'fragments that double',
      fragments(
        30,
        (next) =>
          `a: sessions { nodes { projects { nodes { ${next} } } } } b: sessions { nodes { projects { nodes { ${next} } } } }`,
        'id',
      ),
    ],
    [
      'fragments that double in place',
      fragments(60, (next) => `... on Project { ${next} } ... on Project { ${next} }`, 'id'),
    ],
    [
      'fragments that double within the depth',
      fragments(
        3,
        (next) =>
          `a: sessions { nodes { projects { nodes { ${next} } } } } b: sessions { nodes { projects { nodes { ${next} } } } }`,
        'id',
      ),
    ],
    ['a chain of fragments', fragments(480, (next) => `name ${next}`, 'id')],
    [
      'many fragments in one place',
      `{ projects { nodes { ${times(480, (i) => `...F${i}`)} } } } ${times(480, (i) => `fragment F${i} on Project { name }`)}`,
    ],
    [
      'fragments that spread each other',
      `{ projects { nodes { ${times(45, (i) => `...F${i}`)} } } } ${times(45, (i) => `fragment F${i} on Project { name ${times(i, (j) => `...F${j}`)} }`)}`,
    ],
    ['one field over and over', `{ projects { nodes { ${'name '.repeat(4900)} } } }`],
    ['one field with arguments over and over', `{ ${'node(id: "a") { id } '.repeat(400)} }`],
    ['a thousand aliases', `{ ${times(1600, (i) => `a${i}: __typename`)} }`],
    ['half a million tokens', `{ ${'a '.repeat(500_000)} }`],
    ['a million spaces', `{ ${' '.repeat(1_000_000)} nope }`],
    ['a name of a million letters', `{ ${'x'.repeat(1_000_000)} }`],
    ['a hundred thousand comments', `${'#\n'.repeat(300_000)} { nope }`],
    ['a thousand operations', times(900, (i) => `query Q${i} { __typename }`)],
    ['a thousand unused variables', `query (${times(1200, (i) => `$a${i}: ID`)}) { __typename }`],
    [
      'a list of ids without end',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: new Array(300_000).fill('') },
    ],
    [
      'lists in lists',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: JSON.parse('['.repeat(3000) + ']'.repeat(3000)) as unknown },
    ],
  ];

  test.each(queries)('%s', async (...[, query, variables]: Query) => {
    const before = process.cpuUsage();
    const response = await wire.ask(query, variables);
    const { user, system } = process.cpuUsage(before);
    expect(response.statusCode).toBeLessThan(500);
    expect(response.body.length).toBeLessThan(100_000);
    // In milliseconds of work; outside of Jest, which slows it down several times, it is at most 150.
    expect((user + system) / 1000).toBeLessThan(1500);
  });
});
