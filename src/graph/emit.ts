import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { projectFolder } from '../project-folder';
import { buildGraph } from './schema';

/** The file that holds the schema as text: what clients build on, and what a review of a change looks at. */
export const schemaFile = join(projectFolder, 'schema', 'schema.graphql');

/** The schema as text, sorted, so that a change of order is no change. */
export function emittedSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGraph()))}\n`;
}

if (require.main === module) writeFileSync(schemaFile, emittedSchema());
