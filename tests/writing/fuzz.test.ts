import fc from 'fast-check';
import { getNamedType, isEnumType, isListType, isNonNullType, getNullableType, type GraphQLInputField } from 'graphql';
import { newId, type NodeName } from '../../src/model/ids';
import { Workshop, type Things } from './bench';
import { operationOf, type WritingMutation } from './inputs';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const runs = Number(process.env['STEMGRAPH_FUZZ_RUNS'] ?? 400);

const anyObject = fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>, {
  maxKeys: 4,
});

/** What may be put into a field in place of something valid. */
function spoilt(field: GraphQLInputField, ids: readonly string[]): fc.Arbitrary<unknown> {
  const inner = getNamedType(field.type);
  const isList = isListType(getNullableType(field.type));
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '',
      '   ',
      'x'.repeat(250),
      '\u{1F9E0}\uFE0F'.repeat(80),
      "'; DROP TABLE project; --",
      'P3M/P6M',
      'UNKNOWN',
    ),
  );
  const one = ((): fc.Arbitrary<unknown> => {
    switch (inner.name) {
      case 'ID':
        return fc.oneof(fc.constantFrom(...ids), fc.uuid(), text);
      case 'String':
      case 'ModuleTypeCode':
        return text;
      case 'Int':
        return fc.integer({ min: -5, max: 2 ** 31 - 1 });
      case 'Float':
        return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(1e308));
      case 'SafeInt':
        return fc.maxSafeInteger();
      case 'DateTime':
        return fc.constantFrom(
          '2024-05-31T09:30:00Z',
          '0001-01-01T00:00:00Z',
          '1850-01-01T00:00:00Z',
          '9999-12-31T23:59:59Z',
        );
      case 'Date':
        return fc.constantFrom('2024-05-31', '1899-12-31', '0000-01-01', '9999-12-31');
      case 'URL':
        return fc.constantFrom('https://example.org', 'javascript:alert(1)', 'ftp://a.b/c d', 'file:///etc/passwd');
      case 'JSONObject':
        return anyObject;
      case 'Details':
        return fc.oneof(anyObject, fc.array(anyObject, { maxLength: 3 }));
      default:
        return isEnumType(inner)
          ? fc.constantFrom(...inner.getValues().map(({ name }) => name))
          : fc.constant({
              name: 'a',
              value: '',
              source: 'x'.repeat(300),
              identifier: '',
              funder: '',
              url: 'mailto:a@b.c',
              repository: 'OTHER',
            });
    }
  })();
  const whole = isList
    ? fc.oneof(fc.array(one, { maxLength: 4 }), fc.array(one, { minLength: 101, maxLength: 110 }))
    : one;
  return isNonNullType(field.type)
    ? whole
    : fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: fc.constant(null) });
}

interface Attempt {
  mutation: WritingMutation;
  id: string;
  all: boolean;
  spoiled: Record<string, unknown>;
  ifVersion: number | undefined;
}

function attempts(things: Things, hidden: Things): fc.Arbitrary<Attempt> {
  const ids = [...Object.values(things), ...Object.values(hidden)];
  return fc.constantFrom(...workshop.inputs.mutations()).chain((mutation) => {
    const { action, type } = mutation;
    const fields =
      action === 'delete'
        ? []
        : workshop.inputs.inputFields(`${action === 'create' ? 'Create' : 'Update'}${type}Input`);
    const own =
      action === 'delete' && !leaves.includes(type) ? [] : [{ weight: 6, arbitrary: fc.constant(things[type]!) }];
    const others = fc.constantFrom(hidden[type]!, newId(type as NodeName), 'x');
    return fc.record({
      mutation: fc.constant(mutation),
      id: fc.oneof(...own, { weight: 1, arbitrary: others }),
      all: fc.boolean(),
      spoiled: fc
        .subarray([...fields], { maxLength: Math.min(3, fields.length) })
        .chain((some) => fc.record(Object.fromEntries(some.map((field) => [field.name, spoilt(field, ids)])))),
      ifVersion: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 4, nil: undefined }),
    });
  });
}

/** What can be deleted without taking away what the next attempts are about. */
const leaves = [
  'Contributor',
  'Collection',
  'Cohort',
  'Behavior',
  'Manipulation',
  'SubjectLogEntry',
  'DataStorageProtocol',
];

test(`of ${runs} random inputs none breaks the server, none that is refused changes anything, and none tells what is hidden`, async () => {
  const things = await workshop.proposedThings('owner');
  const hidden = await workshop.hiddenThings();
  const secrets = await secretsOf(hidden);
  let mark = await workshop.fingerprint();
  let done = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(attempts(things, hidden), async ({ mutation, id, all, spoiled, ifVersion }) => {
      const { action, type } = mutation;
      const input = { ...(action !== 'delete' && workshop.inputs.valid(type, action, things, all)), ...spoiled };
      const sent = { ...(action !== 'delete' && { input }), ...(action !== 'create' && { id, ifVersion }) };
      const { body } = await workshop.server.send(workshop.as('owner'), operationOf(mutation), sent);
      const { errors } = JSON.parse(body) as { errors?: { extensions: { code: string } }[] };
      const after = await workshop.fingerprint();
      const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
      expect({ codes, body }).not.toMatchObject({ codes: ['INTERNAL_SERVER_ERROR'] });
      if (errors) expect({ body, after }).toEqual({ body, after: mark });
      const told = secrets.filter((secret) => body.includes(secret) && !JSON.stringify(sent).includes(secret));
      expect(told).toEqual([]);
      if (errors) refused += 1;
      else done += 1;
      mark = after;
    }),
    { numRuns: runs, ...(process.env['STEMGRAPH_FUZZ_SEED'] && { seed: Number(process.env['STEMGRAPH_FUZZ_SEED']) }) },
  );
  expect(Math.min(done, refused)).toBeGreaterThan(runs / 20);
});

/** Every id and every name of things that the writer cannot see. */
async function secretsOf(hidden: Things): Promise<string[]> {
  const [row] = await workshop.rows<{ name: string }>(`SELECT "name" FROM "project" WHERE "id" = $1`, [
    hidden['Project'],
  ]);
  const seen = [workshop.cast.ids.owner];
  return [...Object.values(hidden).filter((id) => !seen.includes(id)), row!.name.split(' ')[1]!];
}

test('a whole valid input of every type is written and read back as it was sent', async () => {
  const wrong: string[] = [];
  for (const mutation of workshop.inputs.mutations()) {
    const { action, type } = mutation;
    if (action === 'delete') continue;
    const things = await workshop.proposedThings('curator');
    const input = workshop.inputs.valid(type, action, things, true);
    // A strain has to be of the species, and that is what the bench has.
    const { data, errors } = await workshop.server.ask(workshop.as('curator'), operationOf(mutation), {
      id: things[type],
      input,
    });
    if (errors) wrong.push(`${mutation.name}: ${JSON.stringify(errors)}`);
    const { object } = (data?.['result'] ?? {}) as { object?: { id: string } };
    if (!object) continue;
    const plain = workshop.inputs
      .inputFields(`Update${type}Input`)
      .filter(
        (field) =>
          ['String', 'ModuleTypeCode', 'Int', 'Float', 'SafeInt', 'Date', 'DateTime', 'URL'].includes(
            getNamedType(field.type).name,
          ) || isEnumType(getNamedType(field.type)),
      )
      .map(({ name }) => name)
      .filter((name) => name in input);
    const answer = await workshop.server.ask(
      workshop.as('curator'),
      `query ($id: ID!) { node(id: $id) { ... on ${type} { id ${plain.join(' ')} } } }`,
      { id: object.id },
    );
    const node = answer.data!['node'] as Record<string, unknown>;
    for (const name of plain)
      if (JSON.stringify(node[name]) !== JSON.stringify(input[name]))
        wrong.push(`${type}.${name}: ${JSON.stringify(input[name])} became ${JSON.stringify(node[name])}`);
  }
  expect(wrong).toEqual([]);
});
