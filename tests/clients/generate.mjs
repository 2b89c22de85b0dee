/** Generates a client's types with the client preset, in a process of its own: what it is made of is ESM. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { buildSchema, parse } from 'graphql';

const [schemaFile, folder, scalars] = argv.slice(2);
const schema = readFileSync(schemaFile, 'utf8');
const location = join(folder, 'page.graphql');
const document = readFileSync(location, 'utf8');
const baseOutputDir = `${join(folder, 'graphql')}/`;
const sections = await preset.buildGeneratesSection({
  baseOutputDir,
  schema: parse(schema),
  schemaAst: buildSchema(schema),
  documents: [{ location, document: parse(document), rawSDL: document }],
  config: { strictScalars: true, scalars: JSON.parse(scalars), enumsAsTypes: true },
  presetConfig: {},
  plugins: [],
  pluginMap: {},
  pluginContext: {},
});
mkdirSync(baseOutputDir);
for (const section of sections) writeFileSync(section.filename, await codegen(section));
