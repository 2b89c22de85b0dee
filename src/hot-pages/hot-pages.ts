import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { Context } from '../context';
import type { Look } from '../http/view-as';
import { DatabaseState } from './database-state';

/** An answer as it went out, and the state of the database that it was read from. */
interface Page {
  state: string;
  type: string;
  body: Buffer;
}

/** A request that is answered the ordinary way, and whose answer may be kept. */
class Reading {
  /** Its answer as it went out; undefined where nobody else may have it. */
  readonly page: Promise<Page | undefined>;
  end!: (page?: Page) => void;
  text?: string;

  /** @param before the state of the database before anything was read for it */
  constructor(
    readonly key: string,
    readonly before: string,
  ) {
    this.page = new Promise((resolve) => (this.end = resolve));
  }
}

/** For how many milliseconds others wait for a reading that is under way, before they read themselves. */
const patience = 1000;

/** How many requests are remembered of which nothing is kept: what is asked for once is not worth the question. */
const mostRemembered = 10_000;

/** One answer takes at most this part of the room for all. */
const largestPart = 8;

/** About what a page takes beside its bytes. */
const pageOverhead = 500;

/** What is longer is asked for by nobody twice. */
const longestQuestion = 64 * 1024;

/**
 * Answers that many ask for are kept, and given again while they are what reading anew would give, to the byte. It is never
 * a matter of time:
 *
 * 1. Only what anonymous asks is kept, so that an answer depends on nothing but the request and what is committed: no rule that serves
 *    anonymous looks at a clock, and no field at where the request came from. Members, and whoever looks through other eyes or
 *    wants explanations, are answered the ordinary way.
 * 2. Before a request is answered from here, the database is asked in what state it is, after the request has come. If that is
 *    the state that the answer was read from, nothing was committed since: a revoke that anybody knows of has changed the state.
 * 3. An answer is kept with the state that the database was in before anything was read for it. Where it is in that state still when the answer
 *    is given again, all of it was read from that state, in however many statements.
 * 4. Where the state cannot be told, requests are answered the ordinary way, with the ordinary errors. Answers with errors
 *    are not kept.
 *
 * Where several ask for a page that is not kept, one reads it for all who find the database in the state in which that one found
 * it: it is read from that state or, where something is committed meanwhile, from a later one, and so after they have come.
 *
 * A request that is answered from here was counted, held to its share, and looked through like any other before. Any write to any database of
 * the server changes the state; then pages are read anew, as they would be without this.
 */
export class HotPages {
  private readonly state: DatabaseState;
  private readonly pages: LRUCache<string, Page>;
  private readonly remembered = new LRUCache<string, true>({ max: mostRemembered });
  private readonly readings = new WeakMap<FastifyRequest, Reading>();
  /** The last of each page that is under way. */
  private readonly underWay = new Map<string, Reading>();

  /** @param room how many bytes are kept at most */
  constructor(
    pool: Pool,
    room: number,
    private readonly lookOf: (request: FastifyRequest) => Look,
  ) {
    this.state = new DatabaseState(pool);
    this.pages = new LRUCache({
      maxSize: room,
      maxEntrySize: Math.ceil(room / largestPart),
      sizeCalculation: ({ body }) => body.length + pageOverhead,
    });
  }

  /** Before a request is handled: answers it if its page is kept and holds. */
  readonly answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const key = isPlain(this.lookOf(request)) ? keyOf(request) : undefined;
    if (key === undefined || this.isNew(key)) return undefined;
    const state = await this.state.ask();
    if (state === undefined) return undefined;
    const kept = this.pages.get(key);
    const page = kept?.state === state ? kept : await this.readByAnother(key, state);
    if (page) return reply.type(page.type).send(page.body);
    const reading = new Reading(key, state);
    this.readings.set(request, reading);
    this.underWay.set(key, reading);
    reply.raw.once('close', () => this.end(reading));
    return undefined;
  };

  /** Takes notice of the answer of a request, where it may be kept. */
  follow(request: FastifyRequest, context: Context): Context {
    const reading = this.readings.get(request);
    if (reading) context.onWholeAnswer = (text) => (reading.text = text);
    return context;
  }

  /** Before an answer is sent: keeps it where it may be. */
  readonly keep = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const reading = this.readings.get(request);
    if (!reading) return;
    const { key, before, text } = reading;
    const type = reply.getHeader('content-type');
    const isWhole = text !== undefined && reply.statusCode === 200 && typeof type === 'string';
    const page = isWhole ? { state: before, type, body: ofItsOwn(text) } : undefined;
    if (page) this.pages.set(key, page);
    this.end(reading, page);
  };

  async close(): Promise<void> {
    await this.state.close();
  }

  /** What somebody else is just about to read, from the state in which the database is still. */
  private async readByAnother(key: string, state: string): Promise<Page | undefined> {
    const reading = this.underWay.get(key);
    if (reading?.before !== state) return undefined;
    const late = new AbortController();
    const waited = sleep(patience, undefined, { signal: late.signal }).catch(() => undefined);
    const page = await Promise.race([reading.page, waited]);
    late.abort();
    return page;
  }

  private end(reading: Reading, page?: Page): void {
    if (this.underWay.get(reading.key) === reading) this.underWay.delete(reading.key);
    reading.end(page);
  }

  private isNew(key: string): boolean {
    if (this.pages.has(key) || this.remembered.get(key)) return false;
    this.remembered.set(key, true);
    return true;
  }
}

/** Whether somebody anonymous asks, who wants nothing but the answer. */
function isPlain({ viewer, asker, onlyLooks, wantsReasons, wantsCost }: Look): boolean {
  const isAnonymous = asker.kind === 'anonymous' && viewer.kind === 'anonymous' && viewer.asIf === undefined;
  return isAnonymous && !onlyLooks && wantsReasons !== true && wantsCost !== true;
}

/** Everything of a request that its answer depends on; undefined where that is long. */
function keyOf({ method, url, headers, body }: FastifyRequest): string | undefined {
  const { query, operationName, variables, extensions } = (body ?? {}) as Record<string, unknown>;
  const question = method === 'POST' ? JSON.stringify({ query, operationName, variables, extensions }) : url;
  if (question.length > longestQuestion) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([method, headers.accept, question]))
    .digest('base64');
}

/** Bytes that share their memory with nothing else: a part of a larger piece would keep all of that. */
function ofItsOwn(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
