import { defineChoice } from '../../model/fields';
import { snakeCase } from '../../model/names';
import type { NodeName } from '../../model/types';
import { searchedTypes } from './searchable';

/** A type as the graph names it among those that are searched, `DATA_ACQUISITION`. */
export const searchTypeOf = (type: NodeName): string => snakeCase(type).toUpperCase();

const named = new Map(searchedTypes.map((type) => [searchTypeOf(type), type]));

/** The types that are searched, by their names in `SearchType`. */
export const searchTypes = defineChoice(
  'SearchType',
  'A type of which objects are searched.',
  Object.fromEntries([...named].map(([value, type]) => [value, `\`${type}\`.`])),
);

export const typeOfSearchType = (value: string): NodeName => named.get(value)!;
