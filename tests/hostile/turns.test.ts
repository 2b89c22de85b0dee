import { AsyncLocalStorage } from 'node:async_hooks';
import { Turns } from '../../src/budget/turns';

test('what a request looks up after its turn stays on its own account, whoever’s turn let it through', async () => {
  const turns = new Turns(1);
  const asking = new AsyncLocalStorage<string>();
  const seen: (readonly [string, string | undefined])[] = [];
  const request = async (name: string): Promise<void> => {
    const lane = turns.lane();
    for (let level = 0; level < 5; level += 1)
      await new Promise<void>((done) => {
        void lane.pass(1);
        lane.whenIdle(() => {
          seen.push([name, asking.getStore()]);
          done();
        });
      });
    lane.close();
  };
  await Promise.all(['one', 'other', 'third'].map((name) => asking.run(name, () => request(name))));
  expect(seen).toHaveLength(15);
  expect(seen.filter(([name, account]) => name !== account)).toEqual([]);
});
