import { mock } from 'node:test';
import { Gate, type Entrant, type GateLimits } from '../../src/shares/gate';

const limits: GateLimits = {
  rooms: [4, 3],
  perClient: 2,
  waiting: 4,
  waitingPerClient: 3,
  patience: 60_000,
  tell: { client: 'yours', all: 'all', retryAfter: 1 },
};

// Patience is measured by a clock that only the tests move: a busy machine takes nobody's turn.
beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** Enters, and says whether it is inside by now, or what it was told. */
function come(gate: Gate, entrant: Entrant): { state: string; leave: () => void } {
  const one = { state: 'waits', leave: (): void => undefined };
  gate.enter(entrant).then(
    (leave) => Object.assign(one, { state: 'inside', leave }),
    (error: Error) => Object.assign(one, { state: error.message }),
  );
  return one;
}

/** Everything that was decided so far has been told. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const states = async (...all: { state: string }[]): Promise<string[]> => {
  await settled();
  return all.map(({ state }) => state);
};

test('one client gets its share, and whoever comes after it is not behind its queue', async () => {
  const gate = new Gate(limits);
  const busy = ['a', 'a', 'a', 'a', 'b'].map((client) => come(gate, { client }));
  expect(await states(...busy)).toEqual(['inside', 'inside', 'waits', 'waits', 'inside']);
  busy[0]!.leave();
  expect(await states(...busy)).toEqual(['inside', 'inside', 'inside', 'waits', 'inside']);
});

test('a rank has its room, and the better one goes first; of one rank, whoever holds least', async () => {
  const gate = new Gate(limits);
  const inside = [
    come(gate, { client: 'a', rank: 1 }),
    come(gate, { client: 'a' }),
    come(gate, { client: 'b', rank: 1 }),
  ];
  const [b, c, d, urgent] = [
    come(gate, { client: 'b', rank: 1 }),
    come(gate, { client: 'c', rank: 1 }),
    come(gate, { client: 'd', rank: 1 }),
    come(gate, { client: 'd' }),
  ];
  expect(await states(b, c, d, urgent)).toEqual(['waits', 'waits', 'waits', 'inside']);
  inside[0]!.leave();
  urgent.leave();
  expect(await states(b, c, d)).toEqual(['waits', 'inside', 'waits']);
  inside[1]!.leave();
  expect(await states(b, c, d)).toEqual(['waits', 'inside', 'inside']);
});

test('whoever would wait too long, or behind too many, is told so', async () => {
  const gate = new Gate(limits);
  const [x, y] = [come(gate, { client: 'a' }), come(gate, { client: 'a' })];
  const inQueue = ['a', 'a', 'a', 'a'].map(() => come(gate, { client: 'a', patience: 30 }));
  expect(await states(...inQueue)).toEqual(['waits', 'waits', 'waits', 'yours']);
  mock.timers.tick(40);
  expect(await states(...inQueue)).toEqual(['yours', 'yours', 'yours', 'yours']);
  const [p, q] = [come(gate, { client: 'p' }), come(gate, { client: 'q' })];
  const other = come(gate, { client: 'r', patience: 30 });
  mock.timers.tick(40);
  expect(await states(other, p, q)).toEqual(['all', 'inside', 'inside']);
  for (const one of [x, y, p, q]) one.leave();
  expect(await states(come(gate, { client: 'a' }))).toEqual(['inside']);
});

test('a full queue is no wall: who has many in it, or what is less urgent, makes room', async () => {
  const gate = new Gate({ ...limits, rooms: [0, 0] });
  const many = ['a', 'a', 'a', 'b'].map((client) => come(gate, { client, rank: 1 }));
  const newcomer = come(gate, { client: 'c', rank: 1 });
  expect(await states(...many, newcomer)).toEqual(['waits', 'waits', 'all', 'waits', 'waits']);
  const [d, e] = [come(gate, { client: 'd', rank: 1 }), come(gate, { client: 'e', rank: 1 })];
  expect(await states(...many, newcomer, d, e)).toEqual(['waits', 'all', 'all', 'waits', 'waits', 'waits', 'all']);
  const urgent = come(gate, { client: 'e' });
  expect(await states(urgent, many[0]!, many[3]!, newcomer, d)).toEqual(['waits', 'waits', 'waits', 'waits', 'all']);
});

test('a client that leaves waits no longer, and the server itself as long as it takes', async () => {
  const gate = new Gate({ ...limits, rooms: [1] });
  const first = come(gate, { client: 'a' });
  const left = new AbortController();
  const gone = come(gate, { client: 'b', signal: left.signal });
  const own = come(gate, {});
  expect(await states(first, gone, own)).toEqual(['inside', 'waits', 'waits']);
  left.abort();
  expect(await states(gone, come(gate, { client: 'b', signal: left.signal }))).toEqual(['all', 'all']);
  first.leave();
  first.leave();
  expect(await states(own, come(gate, { client: 'c' }))).toEqual(['inside', 'waits']);
});

test('a rank that has a number of its own does not count the others, but for the room of all', async () => {
  const gate = new Gate({ ...limits, rooms: [4, 4], mostOf: { 1: 1 } });
  const reads = ['a', 'b', 'c'].map((client) => come(gate, { client }));
  const trees = ['d', 'e'].map((client) => come(gate, { client, rank: 1 }));
  expect(await states(...reads, ...trees)).toEqual(['inside', 'inside', 'inside', 'inside', 'waits']);
  trees[0]!.leave();
  expect(await states(trees[1]!)).toEqual(['inside']);
});
