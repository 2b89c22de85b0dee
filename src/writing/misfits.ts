import type { Fault } from './faults';
import { asGraph, asInput } from './input-names';
import { readingOf, readObject } from './read-object';
import { missing } from './read-values';
import { shapeOf, writableTypes, type WritableType } from './shape';

/**
 * What is wrong by itself with an input that does not even fit the types of the schema, in the words in which it is told of
 * one that fits, and of an import. Nothing for an input that is of no object.
 *
 * @param inputType its type's name in the schema
 */
export function faultsOfMisfit(inputType: string, given: Readonly<Record<string, unknown>>): Fault[] {
  const [, action, name] = /^(Create|Update)(\w+)Input$/.exec(inputType) ?? [];
  const type = writableTypes.find((one) => one === name);
  if (!type) return [];
  const input = asGraph(type, given);
  const lacking = action === 'Create' ? lackingIn(type, input) : [];
  return asInput(type, [...lacking, ...readObject(type, input, readingOf(type)).faults]);
}

function lackingIn(type: WritableType, input: Readonly<Record<string, unknown>>): Fault[] {
  const { required, parent } = shapeOf(type);
  return [...required]
    .filter((name) => input[name] === undefined || (input[name] === null && name === parent?.field))
    .map(missing);
}
