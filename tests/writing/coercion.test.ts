import { Workshop, type Things } from './bench';

/** What does not even fit the types of the schema is told in the same form as every other fault of an input. */
let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
  things = await workshop.things();
});
afterAll(() => workshop.close());

const mutation =
  'mutation ($id: ID!, $input: UpdateSessionInput!, $ifVersion: Int) { updateSession(id: $id, input: $input, ifVersion: $ifVersion) { changed } }';

async function faultsOf(variables: Record<string, unknown>): Promise<unknown> {
  const { errors } = await workshop.server.ask(workshop.as('owner'), mutation, variables);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  return errors![0]!.extensions['errors'];
}

test('all at once, each with its path from the input on, a code and a message', async () => {
  const { Session: id } = things;
  const faults = await faultsOf({
    id,
    input: { tags: [1], nme: 'x', startedAt: 'soon', repositoryLinks: [{ repository: 'ATTIC' }] },
  });
  expect(faults).toEqual([
    expect.objectContaining({ path: ['startedAt'], code: 'WRONG_FORMAT' }),
    expect.objectContaining({ path: ['tags', 0], code: 'WRONG_TYPE' }),
    expect.objectContaining({ path: ['repositoryLinks', 0, 'repository'], code: 'NOT_ALLOWED' }),
    expect.objectContaining({ path: ['repositoryLinks', 0, 'url'], code: 'REQUIRED' }),
    expect.objectContaining({ path: ['nme'], code: 'UNKNOWN_FIELD' }),
  ]);
  expect(await faultsOf({ input: {} })).toMatchObject([{ path: ['id'], code: 'REQUIRED' }]);
  expect(await faultsOf({ id, input: {}, ifVersion: 'one' })).toMatchObject([{ path: ['ifVersion'] }]);
});

test('a fault of the one kind has the form of the other', async () => {
  const form = (faults: unknown): string[][] => (faults as object[]).map((fault) => Object.keys(fault).sort());
  const coercion = await faultsOf({ id: things['Session'], input: { tags: [1] } });
  const agreement = await faultsOf({ id: things['Session'], input: { tags: [''] } });
  expect(form(coercion)).toEqual(form(agreement));
});

test('a day where a moment is asked for is answered with an example of that day, in a variable and written out', async () => {
  const faults = await faultsOf({ id: things['Session'], input: { startedAt: '2021-12-06' } });
  const example = /such as `2021-12-06T09:30:00Z`/;
  expect((faults as { message: string }[])[0]!.message).toMatch(example);
  const literal = `mutation { updateSession(id: "${things['Session']}", input: { startedAt: "2021-12-06" }) { changed } }`;
  const { errors } = await workshop.server.ask(workshop.as('owner'), literal);
  expect(errors?.[0]?.message).toMatch(example);
});

test('of a great many wrong items a few are told, and none at length', async () => {
  const faults = (await faultsOf({
    id: things['Session'],
    input: { tags: Array.from({ length: 2000 }, (_, index) => ({ a: 'x'.repeat(index < 5 ? 1000 : 10) })) },
  })) as { message: string }[];
  expect(faults.length).toBe(20);
  expect(Math.max(...faults.map(({ message }) => message.length))).toBeLessThanOrEqual(400);
});
