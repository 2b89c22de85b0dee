import { getMetadataStorage, type ClassType } from 'type-graphql';
import { computedFields } from './edges';
import { choiceOf } from './fields';
import type { Choice } from './written-fields';

/** A field of a small value, which is stored with it: a text, or one of a closed list. */
export interface ValueMember {
  name: string;
  choice: Choice | undefined;
}

/** The fields of a class of small values, in the order of the model. What is computed is none. */
export function membersOf(of: ClassType): ValueMember[] {
  const isComputed = (name: string): boolean =>
    computedFields().some(({ owner, field }) => owner === of && field === name);
  return getMetadataStorage()
    .fields.filter(({ target, name }) => target === of && !isComputed(name))
    .map(({ name, getType }) => {
      const type = getType() as object;
      const choice = choiceOf(type);
      if (!choice && type !== String && (type as { name?: string }).name !== 'URL')
        throw new Error(`${of.name}.${name} is neither a text nor of a closed list: teach filters what it is.`);
      return { name, choice };
    });
}
