import { Agent, request } from 'node:http';
import type { Stage } from './stage';

/** A question to the server, as anybody or as the member. */
export interface Question {
  query: string;
  variables?: Record<string, unknown>;
  asMember?: boolean;
}

export type Data = Record<string, unknown>;

/** That the server has ended a request which took too long. */
export class TimedOut extends Error {}

/** Asks the server over HTTP, on connections that stay open. */
export class Asking {
  private readonly agent: Agent;

  constructor(
    private readonly stage: Stage,
    parallel: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: parallel });
  }

  /** The answer as it came. Throws where the server refused to answer at all. */
  async send({ query, variables, asMember = false }: Question): Promise<string> {
    const body = JSON.stringify({ query, variables });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(asMember && { authorization: `Bearer ${this.stage.token}` }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.stage.address}/graphql`,
        { method: 'POST', headers, agent: this.agent },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if (reply.statusCode === 200) resolve(text);
            else reject(new Error(`${reply.statusCode}: ${text}`));
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** What was answered. Throws where there were errors. */
  async ask(question: Question): Promise<Data> {
    const { data, errors } = JSON.parse(await this.send(question)) as { data: Data; errors?: unknown };
    if (JSON.stringify(errors)?.includes('QUERY_TIMED_OUT')) throw new TimedOut();
    if (errors) throw new Error(`${JSON.stringify(errors)} to ${question.query} ${JSON.stringify(question.variables)}`);
    return data;
  }

  close(): void {
    this.agent.destroy();
  }
}
