import { makeValidator } from 'envalid';
import { wholeNumber } from '../whole-number';
import { isNetwork } from './addresses';
import type { QuotaLimits } from './quota';

/** How much each client, and all together, may have at a time. A client is a user with all their tokens, or an address. */
export interface Shares {
  /** Addresses and networks of the proxies that say for whom they ask. */
  trustProxy: readonly string[];
  /** Requests, from the first line of one until its answer was taken. */
  requests: QuotaLimits;
  /** Of one client; undefined: half of the pool. */
  connections: number | undefined;
  /** Waiting for a connection. */
  waiting: QuotaLimits;
  /** For how many seconds a connection is waited for. */
  patience: number;
}

export const standardShares: Shares = {
  trustProxy: [],
  requests: { perClient: 50, forAll: 500 },
  connections: undefined,
  waiting: { perClient: 50, forAll: 300 },
  patience: 1,
};

const networks = makeValidator<readonly string[]>((text: string) => {
  const list = text.split(',').map((network) => network.trim());
  const wrong = list.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new Error(`"${wrong}" has to be an address, or a network such as 10.0.0.0/8`);
  return list;
});

const most = 1_000_000;
const { requests, waiting, patience } = standardShares;

export const shareSettings = {
  TRUST_PROXY: networks({
    default: standardShares.trustProxy,
    desc: 'The addresses or networks of proxies in front, whose X-Forwarded-For says who asks.',
  }),
  CLIENT_REQUESTS: wholeNumber(1, most)({ default: requests.perClient, desc: 'Requests of one client at once.' }),
  MAX_REQUESTS: wholeNumber(1, most)({ default: requests.forAll, desc: 'Requests of all at once.' }),
  CLIENT_CONNECTIONS: wholeNumber(
    1,
    500,
  )({ default: undefined, desc: 'Database connections of one client at once; without it half of DATABASE_POOL.' }),
  CLIENT_WAITING: wholeNumber(
    0,
    most,
  )({ default: waiting.perClient, desc: 'Requests of one client that wait for a database connection.' }),
  MAX_WAITING: wholeNumber(0, most)({ default: waiting.forAll, desc: 'The same, of all.' }),
  CONNECTION_WAIT: wholeNumber(
    1,
    600,
  )({ default: patience, desc: 'For how many seconds they wait before they are refused with OVERLOADED.' }),
};

interface Values {
  TRUST_PROXY: readonly string[];
  CLIENT_REQUESTS: number;
  MAX_REQUESTS: number;
  CLIENT_CONNECTIONS: number | undefined;
  CLIENT_WAITING: number;
  MAX_WAITING: number;
  CONNECTION_WAIT: number;
}

export function readShares(values: Values): Shares {
  return {
    trustProxy: values.TRUST_PROXY,
    requests: { perClient: values.CLIENT_REQUESTS, forAll: values.MAX_REQUESTS },
    connections: values.CLIENT_CONNECTIONS,
    waiting: { perClient: values.CLIENT_WAITING, forAll: values.MAX_WAITING },
    patience: values.CONNECTION_WAIT,
  };
}
