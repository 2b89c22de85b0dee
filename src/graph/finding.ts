import type { GraphQLArgument, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { WhereInputs } from '../finding/inputs';
import { allEdges } from '../model/edges';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { rootFields } from '../model/root-fields';

/** Puts `where` on every connection to objects, wherever it is. */
export function letFind(schema: GraphQLSchema): void {
  const inputs = new WhereInputs(schema);
  const add = (owner: string, name: string, target: NodeName): void => {
    const field = (schema.getType(owner) as GraphQLObjectType).getFields()[name]!;
    const where: GraphQLArgument = {
      name: 'where',
      description: 'What holds of those that are found; all of them when left out.',
      type: inputs.of(target),
      defaultValue: undefined,
      deprecationReason: undefined,
      extensions: {},
      astNode: undefined,
    };
    field.args = [where, ...field.args];
  };
  for (const edge of allEdges())
    if (edge.kind === 'connection') add(nameOf(edge.owner), edge.field, nameOf(edge.target()));
  for (const { type, many } of rootFields) add('Query', many, type);
}
