import { Agent, request } from 'node:http';
import type { Asked } from './contestant';

/** What one round of a workload took. */
export interface Round {
  perSecond: number;
  p50: number;
  p99: number;
}

const parallel = 8;

export interface Load {
  address: string;
  token?: string | undefined;
  /** What is asked, the next after the last. */
  next: () => string;
}

/** Asks eight at a time for so many seconds. */
export async function runLoad({ address, token, next }: Load, seconds: number): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel });
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const askOn = async (): Promise<void> => {
    while (performance.now() < end) {
      const asked = performance.now();
      await send(address, next(), token, agent);
      times.push(performance.now() - asked);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, askOn));
  } finally {
    agent.destroy();
  }
  const perSecond = (times.length * 1000) / (performance.now() - began);
  times.sort((one, other) => one - other);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return { perSecond, p50: at(0.5), p99: at(0.99) };
}

/** One answer, as it came. */
export function send(address: string, body: string, token?: string, agent?: Agent): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const asked = request(address, { method: 'POST', headers, ...(agent && { agent }) }, (reply) => {
      const pieces: Buffer[] = [];
      reply.on('data', (piece: Buffer) => pieces.push(piece));
      reply.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        if (reply.statusCode === 200) resolve(text);
        else reject(new Error(`${address} answers ${reply.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

export const toBody = (asked: Asked): string => JSON.stringify(asked);
