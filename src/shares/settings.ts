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
  /** Exports of all at once, and imports. */
  exports: number;
  imports: number;
  /** Of one client: how many exports, and imports, at once; how many wait, and for how many seconds. */
  trees: { perClient: number; waiting: number; patience: number };
  /** Large queries of all at once; one of each client. */
  large: number;
  /** Temporary files of exports and imports, and the bytes in them. */
  files: QuotaLimits;
  fileBytes: QuotaLimits;
  /** Bytes of answers that were not taken yet. */
  answers: QuotaLimits;
  /** Open connections to the server. */
  sockets: QuotaLimits;
  transfers: Transfers;
}

/** How slow a client may be in sending its request, and in taking its answer. */
export interface Transfers {
  /** How many seconds it may take whatever its size. */
  grace: number;
  /** How many KiB a second it may take longer for. */
  rate: number;
  /** How many seconds it may take at most. */
  longest: number;
}

const mebibyte = 1024 ** 2;
const both = (limits: QuotaLimits, factor: number): QuotaLimits => ({
  perClient: limits.perClient * factor,
  forAll: limits.forAll * factor,
});

export const defaultShares: Shares = {
  trustProxy: [],
  requests: { perClient: 50, forAll: 500 },
  connections: undefined,
  waiting: { perClient: 50, forAll: 300 },
  patience: 1,
  exports: 3,
  imports: 2,
  trees: { perClient: 1, waiting: 2, patience: 60 },
  large: 1,
  files: { perClient: 4, forAll: 40 },
  fileBytes: both({ perClient: 4096, forAll: 16_384 }, mebibyte),
  answers: both({ perClient: 64, forAll: 256 }, mebibyte),
  sockets: { perClient: 100, forAll: 1000 },
  transfers: { grace: 30, rate: 16, longest: 7200 },
};

/** How many connections one client may have, of so many. */
export function connectionsOf({ connections }: Shares, poolSize: number): number {
  return Math.min(connections ?? Math.ceil(poolSize / 2), poolSize);
}

/** What is told to whoever has waited in vain. */
export const tellToWait = {
  client: 'Your earlier requests are still being worked on: send fewer at once, and this one again after a second.',
  all: 'The server has too much to do: send this again after a second.',
  retryAfter: 1,
};

const networks = makeValidator<readonly string[]>((text: string) => {
  const list = text.split(',').map((network) => network.trim());
  const wrong = list.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new Error(`"${wrong}" has to be an address, or a network such as 10.0.0.0/8`);
  return list;
});

const most = 1_000_000;
const { requests, waiting, patience, trees, files, fileBytes, answers, sockets, transfers } = defaultShares;

export const shareSettings = {
  TRUST_PROXY: networks({
    default: defaultShares.trustProxy,
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
  CLIENT_TREES: wholeNumber(1, most)({ default: trees.perClient, desc: 'Exports of one client at once, and imports.' }),
  CLIENT_TREES_WAITING: wholeNumber(0, most)({ default: trees.waiting, desc: 'How many more of them wait.' }),
  TREE_WAIT: wholeNumber(1, 3600)({ default: trees.patience, desc: 'For how many seconds they wait.' }),
  MAX_EXPORTS: wholeNumber(1, most)({ default: defaultShares.exports, desc: 'Exports of all at once.' }),
  MAX_IMPORTS: wholeNumber(1, most)({ default: defaultShares.imports, desc: 'Imports of all at once.' }),
  MAX_LARGE_QUERIES: wholeNumber(1, 500)({ default: defaultShares.large, desc: 'Large queries of all at once.' }),
  CLIENT_FILES: wholeNumber(
    1,
    most,
  )({ default: files.perClient, desc: 'Temporary files of one client: uploads, and exports that it has not taken.' }),
  MAX_FILES: wholeNumber(1, most)({ default: files.forAll, desc: 'The same, of all.' }),
  CLIENT_FILE_SPACE: wholeNumber(
    1,
    1e9,
  )({ default: fileBytes.perClient / mebibyte, desc: 'MiB in these of one client.' }),
  MAX_FILE_SPACE: wholeNumber(1, 1e9)({ default: fileBytes.forAll / mebibyte, desc: 'The same, of all.' }),
  CLIENT_UNREAD: wholeNumber(
    1,
    1e9,
  )({ default: answers.perClient / mebibyte, desc: 'MiB of answers that one client has not taken.' }),
  MAX_UNREAD: wholeNumber(1, 1e9)({ default: answers.forAll / mebibyte, desc: 'The same, of all.' }),
  CLIENT_SOCKETS: wholeNumber(1, most)({ default: sockets.perClient, desc: 'Open connections of one address.' }),
  MAX_SOCKETS: wholeNumber(1, most)({ default: sockets.forAll, desc: 'Open connections of all.' }),
  TRANSFER_GRACE: wholeNumber(
    1,
    3600,
  )({ default: transfers.grace, desc: 'How many seconds a request may take to arrive, and an answer to be taken, …' }),
  TRANSFER_RATE: wholeNumber(
    1,
    most,
  )({
    default: transfers.rate,
    desc: '… and at how many KiB a second whatever takes longer has to move on the whole, …',
  }),
  TRANSFER_TIMEOUT: wholeNumber(1, 86_400)({ default: transfers.longest, desc: '… and how many seconds at most.' }),
};

interface Values {
  TRUST_PROXY: readonly string[];
  CLIENT_REQUESTS: number;
  MAX_REQUESTS: number;
  CLIENT_CONNECTIONS: number | undefined;
  CLIENT_WAITING: number;
  MAX_WAITING: number;
  CONNECTION_WAIT: number;
  CLIENT_TREES: number;
  CLIENT_TREES_WAITING: number;
  TREE_WAIT: number;
  MAX_EXPORTS: number;
  MAX_IMPORTS: number;
  MAX_LARGE_QUERIES: number;
  CLIENT_FILES: number;
  MAX_FILES: number;
  CLIENT_FILE_SPACE: number;
  MAX_FILE_SPACE: number;
  CLIENT_UNREAD: number;
  MAX_UNREAD: number;
  CLIENT_SOCKETS: number;
  MAX_SOCKETS: number;
  TRANSFER_GRACE: number;
  TRANSFER_RATE: number;
  TRANSFER_TIMEOUT: number;
}

export function readShares(values: Values): Shares {
  return {
    trustProxy: values.TRUST_PROXY,
    requests: { perClient: values.CLIENT_REQUESTS, forAll: values.MAX_REQUESTS },
    connections: values.CLIENT_CONNECTIONS,
    waiting: { perClient: values.CLIENT_WAITING, forAll: values.MAX_WAITING },
    patience: values.CONNECTION_WAIT,
    exports: values.MAX_EXPORTS,
    imports: values.MAX_IMPORTS,
    trees: { perClient: values.CLIENT_TREES, waiting: values.CLIENT_TREES_WAITING, patience: values.TREE_WAIT },
    large: values.MAX_LARGE_QUERIES,
    files: { perClient: values.CLIENT_FILES, forAll: values.MAX_FILES },
    fileBytes: both({ perClient: values.CLIENT_FILE_SPACE, forAll: values.MAX_FILE_SPACE }, mebibyte),
    answers: both({ perClient: values.CLIENT_UNREAD, forAll: values.MAX_UNREAD }, mebibyte),
    sockets: { perClient: values.CLIENT_SOCKETS, forAll: values.MAX_SOCKETS },
    transfers: { grace: values.TRANSFER_GRACE, rate: values.TRANSFER_RATE, longest: values.TRANSFER_TIMEOUT },
  };
}
