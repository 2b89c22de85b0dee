import { GraphQLError } from 'graphql';

/** The stable codes that clients may rely on, in `errors[].extensions.code`. */
export type ErrorCode =
  'BAD_USER_INPUT' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'QUERY_TOO_LARGE';

function coded(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The client sent something that cannot be understood; the message says what and how to mend it. */
export const badInput = (message: string): GraphQLError => coded('BAD_USER_INPUT', message);

/** The query could return more than the server is willing to look up at once. */
export const tooLarge = (message: string): GraphQLError => coded('QUERY_TOO_LARGE', message);
