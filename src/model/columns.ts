import { getMetadataArgsStorage } from 'typeorm';
import { nodeClasses } from './node';

/** Whether a field of a type is stored in a column of its table, rather than found or computed. */
export function hasColumn(type: string, field: string): boolean {
  const owner = nodeClasses().find(({ name }) => name === type);
  if (!owner) return false;
  return getMetadataArgsStorage().columns.some(
    ({ target, propertyName }) =>
      propertyName === field &&
      typeof target === 'function' &&
      (target === owner || owner.prototype instanceof (target as typeof owner)),
  );
}
