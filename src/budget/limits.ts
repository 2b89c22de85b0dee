/** What one request may cost. Each is a setting; the README has them in one table. */
export interface RequestLimits {
  /** Objects handed to the executor: each list by its real length, each time it is handed out. */
  objects: number;
  /** Fields of those objects, under every alias. */
  values: number;
  /** Bytes of the answer. */
  bytes: number;
  /** Milliseconds that the database works for the request. */
  sqlTime: number;
  /** Milliseconds from the start of the execution to the answer. */
  totalTime: number;
  /** How deep a query nests; introspection does not count. */
  depth: number;
  /** How many connections a query opens: each is a look-up of its own, even where it returns little. */
  connections: number;
}

export const defaultLimits: RequestLimits = {
  objects: 100_000,
  values: 150_000,
  bytes: 16 * 1024 * 1024,
  sqlTime: 15_000,
  totalTime: 15_000,
  depth: 16,
  connections: 200,
};

/** What is counted while a request runs. */
export type Counted = 'objects' | 'values' | 'bytes' | 'sqlTime' | 'totalTime';

/** The setting behind each limit. */
export const settingOf: Record<keyof RequestLimits, string> = {
  objects: 'QUERY_OBJECTS',
  values: 'QUERY_VALUES',
  bytes: 'QUERY_BYTES',
  sqlTime: 'QUERY_SQL_TIMEOUT',
  totalTime: 'QUERY_TIMEOUT',
  depth: 'QUERY_DEPTH',
  connections: 'QUERY_CONNECTIONS',
};
