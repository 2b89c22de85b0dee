import { GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, type GraphQLInputType } from 'graphql';
import type { NodeName } from '../model/ids';
import { orderablesOf, type OrderKind } from './orderable';

/** Makes the inputs of `orderBy`, one for each type of object, as they are asked for. */
export class OrderInputs {
  private readonly made = new Map<NodeName, GraphQLInputType>();

  private readonly direction = new GraphQLEnumType({
    name: 'OrderDirection',
    description: 'Which way an order runs.',
    values: {
      ASC: { description: 'From the least on: the earliest, or the first of the alphabet.' },
      DESC: { description: 'From the most on: the latest, or the last of the alphabet.' },
    },
  });

  private readonly nulls = new GraphQLEnumType({
    name: 'OrderNulls',
    description: 'Where in an order stands what reads as null.',
    values: { FIRST: { description: 'Before all others.' }, LAST: { description: 'After all others.' } },
  });

  /** `[SessionOrder!]`. */
  of(type: NodeName): GraphQLInputType {
    const known = this.made.get(type) ?? new GraphQLList(new GraphQLNonNull(this.make(type)));
    this.made.set(type, known);
    return known;
  }

  private make(type: NodeName): GraphQLInputObjectType {
    const field = new GraphQLEnumType({
      name: `${type}OrderField`,
      description: `By what objects of the type ${type} are ordered.`,
      values: Object.fromEntries(
        orderablesOf(type).map((one) => [one.name, { description: `By \`${one.field}\`${how(one.kind)}.` }]),
      ),
    });
    return new GraphQLInputObjectType({
      name: `${type}Order`,
      description:
        'One field of an order. What is alike in all of them stands in the order of ids, which runs as the last of them does.',
      fields: {
        field: { type: new GraphQLNonNull(field), description: 'By which field.' },
        direction: { type: new GraphQLNonNull(this.direction), defaultValue: 'ASC', description: 'Which way.' },
        nulls: {
          type: new GraphQLNonNull(this.nulls),
          defaultValue: 'LAST',
          description: 'Where that stands which reads as null.',
        },
      },
    });
  }
}

const hows: Partial<Record<OrderKind, string>> = {
  text: ', whatever its case and accents',
  duration: ', by how long it is; a range by its beginning. What is neither stands with what reads as null',
};

const how = (kind: OrderKind): string => hows[kind] ?? '';
