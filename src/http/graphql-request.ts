import type { FastifyRequest } from 'fastify';
import { badRequest, Refusal } from './refusal';
import { refuseProtoVariable, refuseUnstorable, refuseUnstorableIn } from './unstorable-text';

/** How many brackets may be open at once in a query: the parser calls itself for each, and would overflow. */
const mostOpenBrackets = 200;

/** How many strings, comments and brackets are looked through; a query with more has too many tokens anyway. */
const mostSigns = 50_000;

/** Refuses requests whose form Apollo Server would misread, would answer obscurely, or would stumble over. */
export async function checkGraphqlRequest(request: FastifyRequest): Promise<void> {
  if (!URL.canParse(request.url, `${request.protocol}://${request.hostname}/`)) {
    throw badRequest('The Host header names no host.');
  }
  const query = request.method === 'POST' ? queryInBody(request.body) : queryInAddress(request.url);
  if (typeof query !== 'string') return;
  refuseUnstorableIn(query);
  refuseProtoVariable(query);
  if (openBrackets(query) > mostOpenBrackets) {
    throw new Refusal(
      400,
      'QUERY_TOO_LARGE',
      `The query is too long, or opens more than ${mostOpenBrackets} brackets inside each other.`,
    );
  }
}

function queryInBody(body: unknown): unknown {
  if (Array.isArray(body)) throw badRequest('Send one query at a time: a list of them is not read.');
  if (typeof body !== 'object' || body === null) throw badRequest('Send a JSON object with a `query` as the body.');
  return (body as { query?: unknown }).query;
}

function queryInAddress(address: string): string | undefined {
  const parameters = new Map<string, string>();
  const start = address.indexOf('?');
  for (const part of start < 0 ? [] : address.slice(start + 1).split('&')) {
    const [name, value = ''] = part.split(/=(.*)/s, 2).map(decode) as [string, string?];
    parameters.set(name, value);
  }
  const variables = parameters.get('variables');
  if (variables !== undefined) refuseUnstorable(variables, readJson(variables));
  return parameters.get('query');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The address is not encoded as it should be: a `%` in it does not begin a character of UTF-8.');
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Apollo Server says so
  }
}

/** What ends a string or comment, and what opens or closes a bracket. */
const signs = /"""(?:\\"""|[^])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|[{[(]|[}\])]/g;

/** How many brackets of a query are open at once at most, leaving out those in strings and comments. */
function openBrackets(query: string): number {
  let open = 0;
  let most = 0;
  let seen = 0;
  for (const [sign] of query.matchAll(signs)) {
    if (++seen > mostSigns) return Infinity;
    if (sign.length > 1 || sign === '"' || sign === '#') continue;
    open += '{[('.includes(sign) ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
}
