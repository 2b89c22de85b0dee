import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** The body of a request. */
export interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

/** A server that answers workloads, as a process of its own. */
export class Contestant {
  private constructor(
    readonly name: string,
    readonly address: string,
    private readonly child: ChildProcess,
  ) {}

  /** Starts one, which prints its address when it is ready to answer. */
  static async start(
    name: string,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Contestant> {
    const child = spawn(command, args, {
      env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const address = await new Promise<string>((found, failed) => {
      const listen = (chunk: Buffer): void => {
        said = `${said}${chunk.toString()}`.slice(-100_000);
        const [address] = /http:\/\/127\.0\.0\.1:\d+\/graphql\b/.exec(said) ?? [];
        if (address) found(address);
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      child.once('exit', (code) => failed(new Error(`${name} ended with ${code}: ${said}`)));
    });
    return new Contestant(name, address, child);
  }

  /** Milliseconds of CPU that it has used so far. */
  get cpu(): number {
    return cpuOf(this.child.pid!);
  }

  /** The most memory that it has had, in MB. */
  get peakMemory(): number {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))!;
    return Math.round(Number(kilobytes) / 1024);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('close', done));
    this.child.kill('SIGTERM');
    await ended;
  }
}

/** In milliseconds: what a clock tick of the kernel is. */
const tick = 10;

/** Milliseconds of CPU of a process, and of those that it has begun and that have ended, where asked. */
export function cpuOf(pid: number, withEnded = false): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  const own = fields[11]! + fields[12]!;
  return (own + (withEnded ? fields[13]! + fields[14]! : 0)) * tick;
}

/** What machine it was measured on. */
export const machine = (): string => `${cpus().length} × ${cpus()[0]!.model}`;
