import { Agent, request } from 'node:http';
import type { Answer } from '../stage/server';

/** Somebody who sends GraphQL requests over one connection that is kept open, as a browser or a script would. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly address: string,
    private readonly token?: string,
  ) {}

  /** The body of the answer, as it came. Rejects when the connection breaks before its end. */
  send(query: string): Promise<string> {
    const headers = {
      'content-type': 'application/json',
      ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.address}/graphql`, { method: 'POST', agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      });
      sent.on('error', reject);
      sent.end(JSON.stringify({ query }));
    });
  }

  async ask(query: string): Promise<Answer> {
    return JSON.parse(await this.send(query)) as Answer;
  }

  close(): void {
    this.agent.destroy();
  }
}
