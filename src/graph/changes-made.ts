import {
  defaultFieldResolver,
  getNamedType,
  GraphQLError,
  isLeafType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { ChangeMade, Context } from '../context';

/**
 * Remembers what each mutation of a request has answered. What is read after a change may come to more than a request may
 * cost, and ends the request: what was changed is told all the same, above all a token, which is told only once.
 */
export function noteChanges(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const mutation = field as GraphQLField<unknown, Context>;
    const resolve = mutation.resolve ?? defaultFieldResolver;
    const plain = plainFieldsOf(getNamedType(mutation.type) as GraphQLObjectType);
    mutation.resolve = async (source, args, context, info) => {
      const change: ChangeMade = { path: String(info.path.key), told: {} };
      context.changing = change;
      const payload = (await resolve(source, args, context, info)) as Record<string, unknown>;
      change.told = Object.fromEntries(plain.map((name) => [name, payload[name] ?? null]));
      context.changesMade.add(change);
      return payload;
    };
  }
}

/** The `extensions` of an answer without data: what had been changed by then. */
export function changesIn({ changesMade }: Context): { extensions?: { changesMade: object[] } } {
  if (changesMade.size === 0) return {};
  return { extensions: { changesMade: [...changesMade].map(({ path, told }) => ({ path: [path], ...told })) } };
}

/** The error that ended a request: it says so where something was changed before. */
export function afterChanges(error: GraphQLError, { changesMade }: Context): GraphQLError {
  if (changesMade.size === 0) return error;
  const { message, extensions } = error;
  return new GraphQLError(`${message} What came before is done: see \`extensions.changesMade\`.`, {
    extensions,
  });
}

function plainFieldsOf(payload: GraphQLObjectType): string[] {
  return Object.values(payload.getFields())
    .filter(({ type }) => isLeafType(getNamedType(type)))
    .map(({ name }) => name);
}
