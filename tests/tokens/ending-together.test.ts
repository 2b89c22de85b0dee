import { setUpStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setUpStage();
});
afterAll(() => stage.close());

const create = (name: string, days = 1): string =>
  `mutation { createAccessToken(input: { name: "${name}", scopes: [], lifetimeDays: ${days} }) { token } }`;
const revoke = (id: string): string => `mutation { revokeAccessToken(id: "${id}") { changed message } }`;

async function created(token: string, name: string, days: number): Promise<string> {
  const { data } = await stage.ask(token, create(name, days));
  return (data!['createAccessToken'] as { token: string }).token;
}

test('a token does not outlive the one that made it, nor does what it made itself', async () => {
  const olga = await stage.lab.person('Olga');
  const [first, other] = [await stage.token(olga), await stage.token(olga)];
  const child = await created(first.secret, 'Child', 3);
  const grandchild = await created(child, 'Grandchild', 2);
  const statusOf = async (token: string): Promise<number> =>
    (await stage.send(`Bearer ${token}`, '{ viewer { id } }')).statusCode;
  const all = (): Promise<number[]> => Promise.all([first.secret, child, grandchild, other.secret].map(statusOf));
  expect(await all()).toEqual([200, 200, 200, 200]);
  const answer = await stage.ask(other.secret, `mutation { revokeAccessToken(id: "${first.id}") { changed message } }`);
  expect(answer.data?.['revokeAccessToken']).toEqual({
    changed: true,
    message: 'Revoked: it is refused from the next request on, and so are 2 tokens that it made.',
  });
  expect(await all()).toEqual([401, 401, 401, 200]);
});

test('tokens that are being made while the one that makes them is revoked end with it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const olga = await stage.lab.person('Olga');
    const [first, other] = [await stage.token(olga), await stage.token(olga)];
    const child = await created(first.secret, 'Child', 3);
    const making = [first.secret, child, child, first.secret].map((token) => stage.ask(token, create('Late')));
    await stage.ask(other.secret, revoke(first.id));
    await Promise.all(making);
    expect(
      await stage.database.dataSource.query(
        `SELECT "id" FROM "access_token" WHERE "user_id" = $1 AND "revoked_at" IS NULL`,
        [olga],
      ),
    ).toEqual([{ id: other.id }]);
  }
});
