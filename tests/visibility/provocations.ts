import { graph } from './graph';
import type { Operation } from './operations';
import type { Asking } from './stage';
import type { Row, TypeName } from '../world/world';

/** A request that has to be refused, with the codes that are right for it. */
export interface Provocation extends Operation {
  codes: readonly string[];
}

const badInput = ['BAD_USER_INPUT'];
const invalid = ['GRAPHQL_VALIDATION_FAILED'];
const tooLarge = ['QUERY_TOO_LARGE', 'BAD_USER_INPUT'];

/** Everything that can be done wrongly, made from the schema and from ids that the viewer may not know. */
export function provocationsOf(asking: Asking): Provocation[] {
  return [...wrongIds(asking), ...wrongPages(asking), ...wrongNames(asking), ...wrongRequests(asking)];
}

/** An object of a type that the viewer does not see; any object where there is none. */
function hiddenOne(asking: Asking, type: TypeName): Row {
  const rows = asking.stage.world.rows[type];
  return rows.find((row) => !asking.oracle.sees(type, row)) ?? rows[0]!;
}

function wrongIds(asking: Asking): Provocation[] {
  const { served } = asking.stage;
  const fields = [...served.byIdFields(), { name: 'node', target: 'Setup' as const }];
  return fields.flatMap(({ name, target }) => {
    const { id } = hiddenOne(asking, target);
    // What can also be found by a name is told only when it is asked for that it is named by neither.
    const unnamed = served.isFoundByName(name) ? badInput : invalid;
    const wrong = ['', 'nonsense', id.slice(0, -1), `${id} `, `${id}0`, `{${id}}`, id.replaceAll('-', ''), `%${id}`];
    return [
      ...wrong.map((text) => ({ query: `{ ${name}(id: ${JSON.stringify(text)}) { id } }`, codes: badInput })),
      { query: `{ ${name} { id } }`, codes: unnamed },
      { query: `{ ${name}(id: null) { id } }`, codes: unnamed },
      { query: `query ($id: ID!) { ${name}(id: $id) { id } }`, variables: { id: ['nonsense'] }, codes: badInput },
      { query: `query ($id: ID!) { ${name}(id: $id) { id } }`, variables: {}, codes: badInput },
    ].map((one) => ({ ...one, name: `a wrong id for ${name}` }));
  });
}

function wrongPages(asking: Asking): Provocation[] {
  const { served, world } = asking.stage;
  const lists = served.listFields().map(({ name, target }) => ({
    name,
    hidden: hiddenOne(asking, target).id,
    ask: (page: string) => `{ ${name}(${page}) { nodes { id } } }`,
  }));
  const edges = served.nodeTypes().flatMap((type) =>
    served.edgesOf(type).flatMap(({ name, target, isConnection }) => {
      const parent = world.rows[type].find(
        (row) => asking.oracle.sees(type, row) && asking.oracle.seesField(type, row, name),
      );
      if (!isConnection || !parent) return [];
      const ask = (page: string): string =>
        `{ node(id: "${parent.id}") { ... on ${type} { ${name}(${page}) { nodes { id } } } } }`;
      return [{ name: `${type}.${name}`, hidden: hiddenOne(asking, target).id, ask }];
    }),
  );
  return [...lists, ...edges].flatMap(({ name, hidden, ask }) => {
    const cursors = [
      '',
      'nonsense',
      hidden,
      ...[[], [null], [hidden, hidden, hidden, hidden], [hidden.toUpperCase()], { id: hidden }, hidden].map(encode),
    ];
    return [
      ...cursors.flatMap((cursor) => [`first: 2, after: "${cursor}"`, `last: 2, before: "${cursor}"`]),
      'first: -1',
      'last: -1',
      'first: 1, last: 1',
    ]
      .map((page) => ({ query: ask(page), codes: badInput }))
      .concat([
        { query: ask('first: 101'), codes: tooLarge },
        { query: ask('first: "1"'), codes: invalid },
      ])
      .map((one) => ({ ...one, name: `a wrong page of ${name}` }));
  });
}

function encode(cursor: unknown): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Names that come close to right ones, which a helpful server might complete from what it knows. */
function wrongNames(asking: Asking): Provocation[] {
  const { served } = asking.stage;
  const fields = served.nodeTypes().map((type) => {
    const { id } = hiddenOne(asking, type);
    const near = served.fieldsOf(type).map(({ name }) => `${name}X`);
    return { query: `{ node(id: "${id}") { ... on ${type} { ${near.join(' ')} } } }`, codes: invalid };
  });
  return [
    ...fields,
    { query: '{ projec { id } }', codes: invalid },
    { query: '{ projects(where: {name: "a"}) { totalCount } }', codes: invalid },
    { query: '{ moduleTypes(kind: SETUPS) { type } }', codes: invalid },
    {
      query: 'query ($kind: ModuleKind) { moduleTypes(kind: $kind) { type } }',
      variables: { kind: 'PROCEDUR' },
      codes: badInput,
    },
    {
      query: 'query ($kind: Role) { moduleTypes(kind: $kind) { type } }',
      variables: { kind: 'OWNER' },
      codes: invalid,
    },
  ].map((one) => ({ ...one, name: 'a wrong name' }));
}

function wrongRequests(asking: Asking): Provocation[] {
  const { world } = asking.stage;
  const project = hiddenOne(asking, 'Project').id;
  const deep = (levels: number): string =>
    levels === 0
      ? 'id'
      : `subjects(first: 1) { nodes { sessions(first: 1) { nodes { projects { nodes { ${deep(levels - 1)} } } } } } }`;
  const many = Object.keys(graph).flatMap((type) => world.rows[type as TypeName].map(({ id }) => id));
  const ids = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  return [
    { query: `{ project(id: "${project}") { ${deep(5)} } }`, codes: tooLarge },
    {
      query:
        '{ projects(first: 100) { nodes { sessions(first: 100) { nodes { subjects { nodes { sessions(first: 100) { nodes { id } } } } } } } } }',
      codes: tooLarge,
    },
    { query: ids, variables: { ids: many.slice(0, 101) }, codes: tooLarge },
    { query: ids, variables: { ids: [project, 'nonsense'] }, codes: badInput },
    { query: ids, variables: { ids: [project, null] }, codes: badInput },
    { query: `{ project(id: "${project}") { id `, codes: ['GRAPHQL_PARSE_FAILED'] },
    {
      query: 'mutation { nonsense }',
      codes: [...invalid, 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST', 'BAD_USER_INPUT'],
    },
    { query: `{ project(id: "${project}") { id } ...F } fragment F on Query { ...F }`, codes: invalid },
    { query: '', codes: ['BAD_REQUEST', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED'] },
  ].map((one) => ({ ...one, name: 'a wrong request' }));
}
