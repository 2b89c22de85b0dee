import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaFile } from '../../src/graph/emit';

/** A client as it is written with Relay: what it needs of a schema is what its compiler takes. */
const client = `
import { graphql } from 'relay-runtime';

export const page = graphql\`
  query pageQuery($id: ID!) {
    project(id: $id) {
      ...page_project
    }
    node(id: $id) {
      ...page_module @alias(as: "module")
    }
    ...page_species
  }
\`;
export const project = graphql\`
  fragment page_project on Project
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "pageProjectQuery") {
    name
    description @required(action: NONE)
    sessions(first: $count, after: $cursor) @connection(key: "page_sessions") {
      totalCount
      edges {
        node {
          id
          startedAt @required(action: LOG)
        }
      }
    }
  }
\`;
export const species = graphql\`
  fragment page_species on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "pageSpeciesQuery") {
    species(first: $count, after: $cursor) @connection(key: "page_species") {
      edges {
        node {
          name
        }
      }
    }
  }
\`;
export const module = graphql\`
  fragment page_module on SessionModule @refetchable(queryName: "pageModuleQuery") {
    session {
      name
    }
    notes
  }
\`;
export const rename = graphql\`
  mutation pageRenameMutation($id: ID!, $input: UpdateSessionInput!) {
    updateSession(id: $id, input: $input) {
      session {
        id
        name
      }
      message
    }
  }
\`;
export const remove = graphql\`
  mutation pageRemoveMutation($id: ID!) {
    deleteSession(id: $id) {
      deletedId @deleteRecord
      query {
        ...page_species
      }
    }
  }
\`;
`;

const customScalarTypes = {
  DateTime: 'string',
  Date: 'string',
  URL: 'string',
  SafeInt: 'number',
  ModuleTypeCode: 'string',
};

function compile(source: string): { output: string; artifacts: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'stemgraph-relay-'));
  try {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'page.ts'), source);
    const config = { src: './src', schema: schemaFile, language: 'typescript', customScalarTypes };
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
    const compiler = createRequire(__filename).resolve('relay-compiler/cli.js');
    let output = '';
    try {
      output = execFileSync(process.execPath, [compiler, 'relay.config.json'], {
        cwd: folder,
        stdio: 'pipe',
        encoding: 'utf8',
      });
    } catch (error) {
      output = (error as { stderr: string }).stderr;
    }
    const generated = join(folder, 'src', '__generated__');
    return {
      output,
      artifacts: readdirSync(join(folder, 'src')).includes('__generated__') ? readdirSync(generated) : [],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the Relay compiler compiles pages, what is fetched again, what is required, and changes', () => {
  expect(compile(client).artifacts.sort()).toEqual(
    [
      ...['pageQuery', 'pageProjectQuery', 'pageSpeciesQuery', 'pageModuleQuery'],
      ...['pageRenameMutation', 'pageRemoveMutation', 'page_project', 'page_species', 'page_module'],
    ]
      .map((name) => `${name}.graphql.ts`)
      .sort(),
  );
});

test('and would say so if it did not', () => {
  const { output, artifacts } = compile(client.replace('node {\n          name', 'node {\n          nickname'));
  expect(artifacts).toEqual([]);
  expect(output).toContain('nickname');
});
