import { GraphQLScalarType, GraphQLString } from 'graphql';
import { moduleKindNames, readRegistry } from './registry';

/** The codes of each kind, as they are read from the files that define them: a new one is a change of data. */
function lists(): string {
  const types = readRegistry();
  return moduleKindNames
    .map((kind) => {
      const codes = new Set(types.flatMap((one) => (one.kind === kind ? `\`${one.type}\`` : [])));
      return `- ${kind}: ${[...codes].join(', ')}.`;
    })
    .join('\n');
}

/** What a module, a device, a log or a coordinate system is of. Which one fits where is checked with the rest of an input. */
export const ModuleTypeCode = new GraphQLScalarType<string, string>({
  ...GraphQLString.toConfig(),
  name: 'ModuleTypeCode',
  description: `The code of a type of a closed list, by kind. More may come: \`moduleTypes\` has them all, with their schemas.\n\n${lists()}`,
});
