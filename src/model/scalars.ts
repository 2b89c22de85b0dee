import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { GraphQLDateTime, GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';

/** A moment. What is none, such as a day alone, is answered with an example. */
export const DateTime = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value) => asMoment(value, () => GraphQLDateTime.parseValue(value)),
  parseLiteral: (node, variables) =>
    asMoment('value' in node ? node.value : undefined, () => GraphQLDateTime.parseLiteral(node, variables), node),
});

function asMoment(given: unknown, parse: () => Date, node?: ValueNode): Date {
  try {
    return parse();
  } catch {
    throw new GraphQLError(`DateTime takes ${momentLike(given)}.`, { nodes: node ?? null });
  }
}

/** What is asked for where something is given that is no moment; of a day, with an example of that day. */
export function momentLike(given: unknown): string {
  const day = typeof given === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : '2024-05-31';
  return `a moment with its time and zone, such as \`${day}T09:30:00Z\` or \`${day}T09:30:00+02:00\``;
}

export { GraphQLDate as LocalDay, GraphQLSafeInt as SafeInt, GraphQLURL as Url } from 'graphql-scalars';

/**
 * A JSON object. What is written out in a query is read as exactly as what comes in a variable: no number is rounded, and no
 * key is lost.
 */
export const JSONObject = new GraphQLScalarType<object, object>({
  ...GraphQLJSONObject.toConfig(),
  parseLiteral(node, variables) {
    refuseInexact(node);
    return GraphQLJSONObject.parseLiteral(node, variables);
  },
});

/** What is particular to the type of an object. Which of both it is, and everything in it, is said by the schema of that type. */
export const JSONDetails = new GraphQLScalarType<object, object>({
  ...GraphQLJSON.toConfig(),
  serialize: (stored) => stored as object,
  name: 'Details',
  description:
    "JSON that follows the JSON Schema of an object's `type` in its `schemaVersion`, units included: an object, and of manipulations a list of objects. `moduleTypes` has the schemas.",
  parseValue: asDetails,
  parseLiteral(node, variables) {
    refuseInexact(node);
    return asDetails(GraphQLJSON.parseLiteral(node, variables), node);
  },
});

/** Whether a value is an object as JSON has them: neither a list nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asDetails(given: unknown, node?: ValueNode): object {
  if (Array.isArray(given) ? given.every(isObject) : isObject(given)) return given as object;
  throw new GraphQLError('Details takes a JSON object, or a list of JSON objects.', { nodes: node ?? null });
}

/** A single value in JSON, as a filter asks for it. */
export const JsonValue = new GraphQLScalarType<JsonScalar, JsonScalar>({
  name: 'JsonValue',
  description: 'A single value in JSON: a text, a number within ±(2^53 − 1), or `true` or `false`.',
  parseValue: (given) => asJsonValue(given),
  parseLiteral: (node, variables) =>
    asJsonValue(node.kind === Kind.ENUM ? undefined : valueFromASTUntyped(node, variables), node),
});

type JsonScalar = string | number | boolean;

function asJsonValue(given: unknown, node?: ValueNode): JsonScalar {
  if (typeof given === 'string' || typeof given === 'boolean') return given;
  if (typeof given === 'number' && isExact(given)) return given;
  throw new GraphQLError(
    'JsonValue takes a text, a number within ±(2^53 − 1), `true` or `false`, such as `"Hz"` or `20000`; what is in an object or a list is asked for by its path.',
    { nodes: node ?? null },
  );
}

/** The scalars that hold as much as is written into them. */
export const isJson = (scalar: { name: string }): boolean => [JSONObject.name, JSONDetails.name].includes(scalar.name);

function refuseInexact(node: ValueNode): void {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) {
    if (!isExact(Number(node.value))) throw new GraphQLError(inexactNumber, { nodes: node });
  } else if (node.kind === Kind.LIST) {
    node.values.forEach(refuseInexact);
  } else if (node.kind === Kind.OBJECT) {
    for (const { name, value } of node.fields) {
      if (name.value === '__proto__') throw new GraphQLError(protoKey, { nodes: node });
      refuseInexact(value);
    }
  }
}

/** Whether a number is read as it was written, as far as it is a whole one, and can be sent again as it was read. */
export function isExact(number: number): boolean {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER;
}

export const inexactNumber = 'A number is beyond 2^53 − 1 and would be rounded: send it as a text.';
export const protoKey = 'A key may not be called `__proto__`: it would be lost.';
