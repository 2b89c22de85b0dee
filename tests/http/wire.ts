import { connect } from 'node:net';
import { Writable } from 'node:stream';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import type { RequestLimits } from '../../src/budget/limits';
import { errorCodes } from '../../src/errors';
import { createServer, type TestHooks } from '../../src/server';
import { patientShares } from '../stage/server';

interface LogLine {
  level: number;
  msg: string;
  reqId?: string;
  req?: { method: string; path: string };
  err?: { message: string; code?: string };
}

/** The server as main.ts starts it, without any viewer put in by tests, and ways to send it anything at all. */
export interface Wire {
  app: FastifyInstance;
  /** The log so far, line by line. */
  log(): LogLine[];
  /** Sends a body as it is. */
  send(payload: string | Buffer, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends a query in the ordinary way. */
  ask(query: string, variables?: unknown, more?: object): Promise<LightMyRequestResponse>;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  request(options: InjectOptions): Promise<LightMyRequestResponse>;
  /** The address, once it listens on a real port. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export async function openWire(
  dataSource: DataSource,
  hooks: Pick<TestHooks, 'onStatement' | 'unplanned'> & {
    limits?: Partial<RequestLimits>;
    corsOrigin?: string;
    hotPages?: number;
  } = {},
): Promise<Wire> {
  const lines: string[] = [];
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const { onStatement, unplanned = false, limits = {}, corsOrigin = '*', hotPages } = hooks;
  const kept = hotPages === undefined ? {} : { hotPages };
  const config = { corsOrigin, logLevel: 'info' as const, limits, shares: patientShares, ...kept };
  const app = await createServer(config, dataSource, { logTo, unplanned, ...(onStatement && { onStatement }) });
  const send: Wire['send'] = (payload, headers = {}) =>
    app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });
  return {
    app,
    send,
    log: () => lines.map((line) => JSON.parse(line) as LogLine),
    ask: (query, variables, more) => send(JSON.stringify({ query, variables, ...more })),
    get: (url, headers = {}) => app.inject({ method: 'GET', url, headers }),
    request: (options) => app.inject(options),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    close: () => app.close(),
  };
}

export interface OneError {
  message: string;
  locations?: unknown;
  path?: (string | number)[];
  extensions: { code: string; errorId?: string };
}

/** What an error says beside its code where a request cost too much. */
const excess = ['costliestField', 'limit', 'most', 'setting', 'value'];

/** The errors of an answer, each of which must have a code of the catalogue and give nothing away. */
export function errorsOf(response: { body: string }): OneError[] {
  const { errors } = JSON.parse(response.body) as { errors: OneError[] };
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(Object.keys(errorCodes)).toContain(error.extensions.code);
    const { code: _code, errorId: _errorId, ...more } = error.extensions;
    expect([[], ['errors'], excess.slice(1), excess]).toContainEqual(Object.keys(more).sort());
    expect(error.message).not.toMatch(/SELECT|FROM "|stack|node_modules|\n|^\s*$/);
    expect(error.message.length).toBeLessThanOrEqual(401);
  }
  expect(response.body).not.toMatch(/ {4}at |\.js:\d|\.ts:\d/);
  return errors;
}

/** Checks that a request was refused with that status and, as its only error, that code; returns the sentence. */
export function refusal(response: LightMyRequestResponse, status: number, code: string): string {
  const errors = errorsOf(response);
  expect({ status: response.statusCode, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
    status,
    codes: [code],
  });
  expect(response.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  return errors[0]!.message;
}

/** Sends raw bytes to a listening server and returns all that comes back. */
export function sendRaw(app: FastifyInstance, text: string): Promise<string> {
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
