import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest } from './refusal';
import { refuseUnstorable } from './unstorable-text';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as JSON in UTF-8 and as nothing else. Fastify by itself would put replacement characters in the place of
 * broken bytes, and would take `text/plain`, which a foreign page may send without asking.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      const text = decode(request, bytes);
      const body = await new Promise<unknown>((resolve, reject) => {
        void parse(request, text, (error, value) => (error ? reject(error) : resolve(value)));
      });
      refuseUnstorable(text, body);
      return body;
    },
  );
}

function decode({ headers }: FastifyRequest, bytes: Buffer): string {
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) throw badRequest('Send the body in UTF-8, the one encoding of JSON.', 415);
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw badRequest('Send the body as it is: compressed ones are not read.', 415);
  }
  try {
    return utf8.decode(bytes);
  } catch {
    throw badRequest('The body is not UTF-8: a byte in it belongs to no character.');
  }
}
