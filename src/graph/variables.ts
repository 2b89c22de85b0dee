import {
  coerceInputValue,
  getVariableValues,
  type GraphQLError,
  isInputObjectType,
  getNamedType,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { faultyVariables } from '../errors';
import { isObject } from '../model/scalars';
import type { Fault } from '../writing/faults';
import { faultsOfMisfit } from '../writing/misfits';

/** How many faults of variables are told at once: a list of a hundred thousand wrong items would make as many. */
const mostFaults = 20;

/** The values of the variables of an operation. Throws BAD_USER_INPUT with all that is wrong, in the form of every fault of an input. */
export function readVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, given, { maxErrors: 1 });
  if (!errors) return coerced;
  const faults = variableDefinitions.flatMap(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node as never);
    const name = variable.name.value;
    if (!isInputType(type)) return [];
    return given[name] === undefined
      ? missing(name, type, defaultValue !== undefined)
      : faultsOfVariable(name, given[name], type);
  });
  throw faultyVariables(errors[0]!, faults.slice(0, mostFaults));
}

function missing(name: string, type: GraphQLInputType, hasDefault: boolean): Fault[] {
  if (!isNonNullType(type) || hasDefault) return [];
  return [{ path: [name], code: 'REQUIRED', message: `The variable \`$${name}\` has to be given.` }];
}

class Enough extends Error {}

/** From an input on, as the faults are told that are found later; of anything else, from its name on. */
function faultsOfVariable(name: string, value: unknown, type: GraphQLInputType): Fault[] {
  const input = getNamedType(type);
  const start = isInputObjectType(input) ? [] : [name];
  const faults: Fault[] = [];
  try {
    coerceInputValue(value, type, (path, invalid, error) => {
      if (faults.length === mostFaults) throw new Enough();
      faults.push(faultOf([...start, ...path], invalid, error));
    });
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  // Of an object that is written, in the words of its writers, as far as they have any.
  const told = faults.length > 0 && isObject(value) ? faultsOfMisfit(input.name, value) : [];
  const fields = new Set(told.map(({ path }) => path[0]));
  return [...told, ...faults.filter(({ path }) => !fields.has(path[0]))];
}

/** A value that is quoted may be of any length. */
const longestMessage = 400;

/** What graphql-js says of a value, by its beginning; a field that is missing or too much stands in what it says. */
const kinds: readonly [RegExp, Fault['code']][] = [
  [/^Field "(\w+)" of required type .* was not provided/, 'REQUIRED'],
  [/^Field "([^"]+)" is not defined by type/, 'UNKNOWN_FIELD'],
  [/^Expected non-nullable type .* not to be null/, 'REQUIRED'],
  [/^(?:Value|Enum) .*(?:does not exist in|cannot represent)/, 'NOT_ALLOWED'],
];

function faultOf(path: Fault['path'], value: unknown, { message, originalError }: GraphQLError): Fault {
  const told = (originalError?.message ?? message).slice(0, longestMessage);
  for (const [pattern, code] of kinds) {
    const found = pattern.exec(told);
    if (found) return { path: found[1] === undefined ? path : [...path, found[1]], code, message: told };
  }
  return { path, code: typeof value === 'string' ? 'WRONG_FORMAT' : 'WRONG_TYPE', message: told };
}
