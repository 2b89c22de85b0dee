import { Check, Column, Index } from 'typeorm';
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

/** By what it is found among what everybody sees: indexes that hold nothing else, as the migrations make them. */
export function PublicIndexes(...names: string[]): ClassDecorator {
  return (target) => {
    for (const name of names) Index(`${snakeCase(target.name)}_public_${name}`, { synchronize: false })(target);
  };
}
