import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIntrospectionType, isSpecifiedScalarType, printType } from 'graphql';
import { projectFolder } from '../project-folder';
import { entriesFile } from '../tree/writable';
import { describeEntries } from './describe-entries';
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

/** What entries of a tree may state, as JSON: a line a field, so that a review of a change sees what has changed. */
export function emittedEntries(): string {
  const types = describeEntries(buildGraph()).map(({ fields, ...type }) => {
    const lines = fields.map((field) => JSON.stringify(field));
    return `${JSON.stringify(type).slice(0, -1)},"fields":[\n${lines.join(',\n')}\n]}`;
  });
  return `[\n${types.join(',\n')}\n]\n`;
}

if (require.main === module) {
  writeFileSync(schemaFile, emittedSchema());
  writeFileSync(entriesFile, emittedEntries());
}
