import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { schemaFile } from '../../src/graph/emit';
import { projectFolder } from '../../src/project-folder';

/** A client as it is written with GraphQL Code Generator, its scalars mapped as the README says. */
const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
const scalars = JSON.parse(
  /scalars: (\{[^}]*\})/
    .exec(readme)![1]!
    .replaceAll("'", '"')
    .replace(/(\w+):/g, '"$1":'),
) as Record<string, string>;

const document = `
  query Page($id: ID!) {
    project(id: $id) { name license isPublic sessions(first: 10) { nodes { ...Night } } }
    nodes(ids: [$id]) { __typename ... on HasMembers { viewerRole members { totalCount } } }
  }
  fragment Night on Session { id name startedAt extraFields dataAcquisitions { nodes { type fileSizeBytes fileUrl } } }
  mutation Rename($id: ID!, $input: UpdateSessionInput!) {
    updateSession(id: $id, input: $input) { changed message isPublic session { ...Night } query { viewer { name } } }
  }
`;

const client = `
import { useFragment } from './graphql';
import type { NightFragmentDoc, PageQuery, RenameMutationVariables } from './graphql/graphql';
import { NightFragmentDoc as night } from './graphql/graphql';
export type Document = typeof NightFragmentDoc;
export function nights(page: PageQuery): string[] {
  return (page.project?.sessions.nodes ?? []).map((one) => {
    const { name, startedAt, dataAcquisitions } = useFragment(night, one);
    const bytes: number | null | undefined = dataAcquisitions.nodes[0]?.fileSizeBytes;
    const began: string | null | undefined = startedAt;
    return [name, began, bytes].join(' ');
  });
}
export const variables: RenameMutationVariables = { id: 'x', input: { subjectIds: ['y'], startedAt: '2024-05-31T09:30:00Z' } };
`;

/** What strict TypeScript has to say of a client with its generated types. Throws what the generator complains of. */
function check(given: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'stemgraph-codegen-'));
  try {
    writeFileSync(join(folder, 'page.graphql'), document);
    writeFileSync(join(folder, 'client.ts'), client);
    symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
    const generator = join(projectFolder, 'tests', 'clients', 'generate.mjs');
    execFileSync(process.execPath, [generator, schemaFile, folder, JSON.stringify(given)], { stdio: 'pipe' });
    const program = ts.createProgram([join(folder, 'client.ts')], {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the client preset generates types that strict TypeScript takes', () => {
  expect(check(scalars)).toEqual([]);
});

test('a scalar that the README does not map is an error', () => {
  const { DateTime: _, ...rest } = scalars;
  expect(() => check(rest)).toThrow(/DateTime/);
});
