import { isInterfaceType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { MutationPayload } from '../model/payload';

/** What is looked for first in a type, and what last; the rest stands in between as its model declares it. */
const first = ['node', 'nodes', 'viewer', 'id', 'name', 'title'];
const last = ['createdAt', 'updatedAt', 'version'];
const lastOfPayload = ['changed', 'message', 'query'];

/** Puts the fields of every type into the order in which people read them. */
export function orderFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const isPayload = isObjectType(type) && type.getInterfaces().some(({ name }) => name === MutationPayload.name);
    const end = isPayload ? lastOfPayload : last;
    const fields = type.getFields();
    const rank = ({ name }: GraphQLField<unknown, unknown>): number =>
      first.includes(name) ? first.indexOf(name) - first.length : 1 + end.indexOf(name);
    const ordered = Object.values(fields).sort((one, other) => rank(one) - rank(other));
    for (const { name } of ordered) delete fields[name];
    for (const field of ordered) fields[field.name] = field;
  }
}
