import { Check, Column } from 'typeorm';
import { snakeCase } from '../../model/names';

/**
 * In how many public projects it is: written by triggers of the database alone, in the transaction that changes it, and told to
 * nobody. More than none means that anonymous viewers see it; the rules read it in place of the links (access/policy.ts).
 */
export function PublicIn(): PropertyDecorator {
  return (target, key) => {
    const column = snakeCase(key as string);
    Check(`${snakeCase(target.constructor.name)}_${column}_least`, `"${column}" >= 0`)(target.constructor);
    Column('integer', { default: 0 })(target, key);
  };
}
