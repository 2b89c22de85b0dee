import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder } from '../../src/project-folder';
import { buildIfStale } from '../startup/program';
import { long } from '../world/effort';

/** What the server's process has spent since it was last asked. */
interface Spent {
  /** Milliseconds of work, on all cores. */
  cpu: number;
  /** The most work, in milliseconds, during which the event loop served nobody else. */
  held: number;
  /** The most memory, in MB. */
  rss: number;
}

interface Reply {
  status: number;
  /** How many bytes. */
  length: number;
  body: string;
}

/** The real server in a process of its own, so that what it costs can be told from what the tests cost. */
export interface ServerProcess {
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** Does something while it watches: what it cost, and the longest that a probe of /health/live waited meanwhile. */
  measure<T>(work: () => Promise<T>): Promise<{ result: T; spent: Spent; health: number }>;
  stop(): Promise<void>;
}

export async function startServerProcess(
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<ServerProcess> {
  buildIfStale();
  const child = spawn(
    process.execPath,
    ['--import', join(__dirname, 'probe.mjs'), join(projectFolder, 'dist', 'src', 'main.js')],
    {
      cwd: projectFolder,
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PORT: '0',
        LOG_LEVEL: 'silent',
        SEED_DEMO: 'false',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const address = await addressOf(child);
  const send = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(`${address}${path}`, init);
    const body = await response.text();
    return { status: response.status, length: body.length, body };
  };
  const ask: ServerProcess['ask'] = (query, variables, headers = {}) =>
    send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
  return {
    ask,
    get: (path) => send(path),
    measure: async (work) => {
      await tell(child, 'begin');
      const probe = probing(() => send('/health/live'));
      const result = await work();
      const health = await probe();
      return { result, health, spent: await tell(child, 'read') };
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [, address] = /(http:\/\/[\d.]+:\d+)\/graphql/.exec(output) ?? [];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
  });
}

function tell(child: ChildProcess, what: 'begin' | 'read'): Promise<Spent> {
  return new Promise((resolve) => {
    child.once('message', (spent) => resolve(spent as Spent));
    child.send(what);
  });
}

/** Asks again and again; returns what ends it and tells the longest wait, without what this process was late itself. */
function probing(ask: () => Promise<unknown>): () => Promise<number> {
  let longest = 0;
  let isOn = true;
  const run = (async () => {
    while (isOn) {
      const begin = performance.now();
      await sleep(20);
      const late = performance.now() - begin - 20;
      const asked = performance.now();
      await ask();
      // A tester that is held up itself (other programs want the cores) measures itself.
      if (late < 20) longest = Math.max(longest, performance.now() - asked);
    }
  })();
  return async () => {
    isOn = false;
    await run;
    return longest;
  };
}

/** Whether waits can be told by the clock: not while other programs want more cores than there are. */
export const isQuiet = (): boolean => loadavg()[0]! < availableParallelism();

/** What one request of anybody may cost: milliseconds of work, of them in one piece, MB in all, and others' wait. */
export const mostCpu = 2000;
export const mostHeld = 200;
export const mostMemory = 600;
/** By the clock, which tells more only where nothing else runs beside: in the long form, by hand. */
export const mostHealth = long ? 250 : 1000;
