import type { FastifyServerOptions } from 'fastify';

/** What a database error tells of itself. Its `detail`, `where` and parameters quote stored data and stay out of logs. */
interface DatabaseError extends Error {
  code?: string;
  constraint?: string;
}

/**
 * Structured logs, one JSON object a line, with the request's id. They never hold a query, variables, headers or data:
 * what is private must not leave through the log.
 */
export function loggerOptions(level: string, stream?: NodeJS.WritableStream): Pick<FastifyServerOptions, 'logger'> {
  return {
    logger: {
      level,
      ...(stream && { stream: stream }),
      serializers: {
        req: requestOf,
        res: ({ statusCode }: { statusCode?: string | number }) => ({ statusCode: statusCode ?? 0 }),
        err: serializeError,
      },
    },
  };
}

interface LoggedRequest {
  method: string;
  routeOptions?: { url?: string | undefined };
}

/** The route rather than the address, which may hold the id of something private, also where it is mistyped. */
function requestOf({ method, routeOptions }: LoggedRequest): { method: string; path: string } {
  return { method, path: routeOptions?.url ?? '(no route)' };
}

function serializeError(error: DatabaseError): {
  type: string;
  message: string;
  stack: string;
  code?: string;
  constraint?: string;
} {
  return {
    type: error.name,
    message: error.message,
    stack: error.stack ?? '',
    ...(error.code && { code: error.code }),
    ...(error.constraint && { constraint: error.constraint }),
  };
}
