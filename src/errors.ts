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

/** The viewer sees the object, but their role or their token is too weak for what they asked. */
export const forbidden = (message: string): GraphQLError => coded('FORBIDDEN', message);

/** There is no such object, or the viewer may not know that there is: the two are told alike. */
export const notFound = (type: string): GraphQLError =>
  coded('NOT_FOUND', `There is no ${type} with this id that you can see.`);

/** It takes an account, and the request brought no token. */
export const unauthenticated = (): GraphQLError =>
  coded('UNAUTHENTICATED', 'Send a token to do this: the header `Authorization: Bearer …`.');

/** Something has changed since the client last looked. */
export const conflict = (message: string): GraphQLError => coded('CONFLICT', message);
