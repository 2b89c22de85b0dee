import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isWrappingType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

export interface ListSize {
  most: number;
  average: number;
}

const knownSizes = new WeakMap<GraphQLSchema, Record<string, ListSize>>();

/** How long the lists of introspection are: they can be counted, and so can how much a type is wrapped. */
export function sizesOfIntrospection(schema: GraphQLSchema): Record<string, ListSize> {
  const known = knownSizes.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap());
  const composites = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composites.flatMap((type) => Object.values(type.getFields()));
  const enums = types.filter(isEnumType).map((type) => type.getValues().length);
  const inputs = types.filter(isInputObjectType).map((type) => Object.keys(type.getFields()).length);
  const args = sizeOf(fields.map((field) => field.args.length));
  const wraps = fields.map((field) => wrapsOf(field.type));
  const sizes = {
    '__Schema.types': sizeOf([types.length]),
    '__Schema.directives': sizeOf([schema.getDirectives().length]),
    '__Type.fields': sizeOf(
      composites.map((type) => Object.keys(type.getFields()).length),
      types.length,
    ),
    '__Type.interfaces': sizeOf(
      composites.map((type) => type.getInterfaces().length),
      types.length,
    ),
    '__Type.possibleTypes': sizeOf(
      types.filter(isAbstractType).map((type) => schema.getPossibleTypes(type).length),
      types.length,
    ),
    '__Type.enumValues': sizeOf(enums, types.length),
    '__Type.inputFields': sizeOf(inputs, types.length),
    '__Type.ofType': sizeOf(
      wraps,
      wraps.reduce((sum, count) => sum + count + 1, 0),
    ),
    '__Field.args': args,
    '__Directive.args': args,
  };
  knownSizes.set(schema, sizes);
  return sizes;
}

function sizeOf(counts: number[], among = counts.length): ListSize {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { most: Math.max(1, ...counts), average: total / among };
}

function wrapsOf(type: GraphQLType): number {
  return isWrappingType(type) ? 1 + wrapsOf(type.ofType) : 0;
}
