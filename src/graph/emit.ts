import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIntrospectionType, isSpecifiedScalarType, printType } from 'graphql';
import { projectFolder } from '../project-folder';
import { buildGraph } from './schema';

/** The file that holds the schema as text: what clients build on, and what a review of a change looks at. */
export const schemaFile = join(projectFolder, 'schema', 'schema.graphql');

/** The schema as text: types by name, so that a change of order is no change; their fields in the order to be read. */
export function emittedSchema(): string {
  const schema = buildGraph();
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const root = `"""\n${schema.description}\n"""\nschema {\n  query: Query\n  mutation: Mutation\n}`;
  return `${[root, ...types.map(printType)].join('\n\n')}\n`;
}

if (require.main === module) writeFileSync(schemaFile, emittedSchema());
