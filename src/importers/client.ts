import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { OperatorError } from '../commands/telling';
import type { Entry } from '../tree/entry';
import type { IdentifierValue } from '../model/project-identifiers';
import type { ImportOutcome } from '../tree/outcome';

/** What the graph answers where it is asked for what goes by a name. */
interface Named {
  data?: { project: { id: string } | null } | null;
  errors?: { extensions?: { ids?: string[] } }[];
}

const defaultUrl = 'http://127.0.0.1:4000';

/** A project on a server, and the state in which it is; null where there is none. */
export type Found = Pick<ImportOutcome, 'projectId' | 'state'>;

/** A running server, as somebody with a token uses it. Whatever it refuses is thrown as an OperatorError. */
export class Client {
  private constructor(
    private readonly url: URL,
    private readonly token: string,
  ) {}

  /** The server at STEMGRAPH_URL for the holder of STEMGRAPH_TOKEN; by default the demo's, on this machine. */
  static async fromEnvironment(environment: NodeJS.ProcessEnv, dataDir: string): Promise<Client> {
    const text = environment['STEMGRAPH_URL'] || defaultUrl;
    if (!/^https?:\/\//.test(text) || !URL.canParse(text))
      throw new OperatorError(`STEMGRAPH_URL is wrong: it has to be like ${defaultUrl}.`);
    const url = new URL(text);
    return new Client(url, environment['STEMGRAPH_TOKEN'] || (await demoToken(url, dataDir)));
  }

  /** Where the server is. */
  get origin(): string {
    return this.url.origin;
  }

  /** Where a project is read as a whole. */
  addressOf(projectId: string): string {
    return new URL(`/export/projects/${projectId}.ndjson`, this.url).href;
  }

  /** Sends a tree to `POST /import`, entry by entry. Throws ChangedMeanwhile where the project is not in the state that is given. */
  async import(
    entries: readonly Entry[],
    { dryRun, ifState }: { dryRun: boolean; ifState?: string | null },
    onSent: (sent: number) => void = () => undefined,
  ): Promise<ImportOutcome> {
    const query = [dryRun ? 'dryRun=true' : '', ifState == null ? '' : `ifState=${ifState}`].filter(
      (one) => one !== '',
    );
    const path = `/import${query.length === 0 ? '' : `?${query.join('&')}`}`;
    const { body } = await this.send(path, 'application/x-ndjson', Readable.from(lines(entries, onSent)), [200, 422]);
    return body as ImportOutcome;
  }

  /** The project that the holder of the token would import an entry of this key into, and its state; null where there is none. */
  async find(key: string): Promise<Found> {
    const { projectId, state } = await this.import([{ type: 'Project', key }], { dryRun: true });
    return { projectId, state };
  }

  /** The projects that the holder of the token sees under an identifier: one, several, or none. */
  async named({ scheme, value }: IdentifierValue): Promise<string[]> {
    const query = 'query ($identifier: String!) { project(identifier: $identifier) { id } }';
    const asked = { query, variables: { identifier: `${scheme}:${value}` } };
    const { status, text } = await this.exchange('POST', '/graphql', {
      type: 'application/json',
      content: Readable.from(JSON.stringify(asked)),
    });
    const body = readJson(text) as Named | undefined;
    const ids = body?.errors?.[0]?.extensions?.ids;
    if (ids) return ids;
    if (hasErrors(body) || status !== 200) throw this.refusal(body, status);
    return body?.data?.project ? [body.data.project.id] : [];
  }

  /** What is stored of a project, as far as the holder of the token sees it. */
  async export(projectId: string): Promise<Entry[]> {
    const { status, text } = await this.exchange('GET', `/export/projects/${projectId}.ndjson`);
    if (status !== 200) throw this.refusal(readJson(text), status);
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as Entry);
  }

  /** Runs one operation; any error in the answer is thrown. */
  async graphql<T>(query: string, variables: object): Promise<T> {
    const { body } = await this.send(
      '/graphql',
      'application/json',
      Readable.from(JSON.stringify({ query, variables })),
    );
    return (body as { data: T }).data;
  }

  private async send(path: string, type: string, content: Readable, expected = [200]): Promise<{ body: unknown }> {
    const { status, text } = await this.exchange('POST', path, { type, content });
    const body = readJson(text);
    if (hasErrors(body) || !expected.includes(status) || body === undefined) throw this.refusal(body, status);
    return { body };
  }

  private refusal(body: unknown, status: number): OperatorError {
    if (hasErrors(body)) {
      const [{ message, extensions }] = body.errors;
      const said = `The server refused: ${message}`;
      return extensions?.code === 'CONFLICT' ? new ChangedMeanwhile(said) : new OperatorError(said);
    }
    return new OperatorError(`${this.url.origin} answered with HTTP ${status}: is a Stemgraph server there?`);
  }

  /** An exchange without a time limit: a large tree may take the server a while. */
  private exchange(
    method: 'GET' | 'POST',
    path: string,
    { type, content }: { type?: string; content: Readable } = { content: Readable.from([]) },
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const make = this.url.protocol === 'https:' ? httpsRequest : httpRequest;
      const headers = {
        ...(type !== undefined && { 'content-type': type }),
        authorization: `Bearer ${this.token}`,
        accept: 'application/json',
      };
      let answered = false;
      const message = make(new URL(path, this.url), { method, headers }, (response: IncomingMessage) => {
        answered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
      });
      message.on('error', (error: NodeJS.ErrnoException) => {
        // A server that refuses early closes the connection while the tree is still being sent.
        if (answered) return;
        const advice = 'start it with `npm start`, or set STEMGRAPH_URL';
        reject(
          new OperatorError(`No server answers at ${this.url.origin} (${error.code ?? error.message}): ${advice}.`),
        );
      });
      content.on('error', reject);
      content.pipe(message);
    });
  }
}

/** Somebody has changed what was read, before it was written. */
export class ChangedMeanwhile extends OperatorError {}

function hasErrors(body: unknown): body is { errors: [{ message: string; extensions?: { code?: string } }] } {
  const errors = (body as { errors?: unknown[] } | undefined)?.errors;
  return Array.isArray(errors) && errors.length > 0;
}

function* lines(entries: readonly Entry[], onSent: (sent: number) => void): Generator<string> {
  const atOnce = 100;
  for (let start = 0; start < entries.length; start += atOnce) {
    const some = entries.slice(start, start + atOnce);
    yield some.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    onSent(start + some.length);
  }
}

/** The token of the demo's owner: for a server on this machine only. */
async function demoToken({ hostname }: URL, dataDir: string): Promise<string> {
  const advice = 'make one with `npx stemgraph token create`, and set STEMGRAPH_TOKEN to it';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new OperatorError(`It takes a token to import into ${hostname}: ${advice}.`);
  try {
    const content = JSON.parse(await readFile(join(dataDir, 'demo-tokens.json'), 'utf8')) as {
      owner: { token: string };
    };
    return content.owner.token;
  } catch {
    throw new OperatorError(`It takes a token to import, and there is no demo in ${dataDir}: ${advice}.`);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
