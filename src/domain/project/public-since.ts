import { Check, Column } from 'typeorm';
import { snakeCase } from '../../model/names';

/**
 * Since when it has been in public projects without a break; null while it is in none. Written beside `publicIn`, by the database
 * alone, and told to nobody: the dashboard counts by its month.
 */
export function PublicSince(): PropertyDecorator {
  return (target, key) => {
    const table = snakeCase(target.constructor.name);
    const [column, counted] = [snakeCase(key as string), snakeCase('publicIn')];
    Check(`${table}_${column}`, `("${counted}" > 0) = ("${column}" IS NOT NULL)`)(target.constructor);
    Column({ type: 'timestamptz', precision: 3, nullable: true })(target, key);
  };
}
