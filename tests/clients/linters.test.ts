import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import graphqlEslint from '@graphql-eslint/eslint-plugin';
import { Linter, type ESLint } from 'eslint';
import { schemaFile } from '../../src/graph/emit';

/** Rules of graphql-schema-linter that the schema does not follow, with the reason. */
const exceptions: Record<string, string> = {
  'type-fields-sorted-alphabetically': 'Fields stand in the order in which people read them: id and name first.',
  'interface-fields-sorted-alphabetically': 'The same.',
  'input-object-fields-sorted-alphabetically': 'The same.',
  'enum-values-sorted-alphabetically': 'Values stand in the order that they have: roles from the least to the most.',
};

interface Finding {
  rule: string;
  message: string;
}

test('graphql-schema-linter finds nothing but what is excepted with a reason, and each exception is needed', () => {
  const linter = createRequire(__filename).resolve('graphql-schema-linter/lib/cli.js');
  let output: string;
  try {
    output = execFileSync(process.execPath, [linter, '--format', 'json', schemaFile], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { errors } = JSON.parse(output) as { errors: Finding[] };
  expect(errors.filter(({ rule }) => !(rule in exceptions)).map(({ message }) => message)).toEqual([]);
  expect([...new Set(errors.map(({ rule }) => rule))].sort()).toEqual(Object.keys(exceptions).sort());
});

/** What Relay needs of a schema, as graphql-eslint sees it. */
const relayRules: Linter.RulesRecord = {
  '@graphql-eslint/relay-arguments': 'error',
  '@graphql-eslint/relay-connection-types': 'error',
  // Lists without pages hold small values, which have no id; and `nodes` stands beside `edges`, as is usual.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
  '@graphql-eslint/relay-page-info': 'error',
};

/**
 * What the rules find all the same: an act of publishing has no id of its own, its record is only ever added to; nor has a hit of a
 * search, whose order is its own, and which is read from the best on.
 */
const known = [
  'Query: Field `search` must contain an argument `last`, that return Int.',
  'Query: Field `search` must contain an argument `before`, that return String or Scalar.',
  "SearchEdge: Edge type's field `node` must implement `Node` interface.",
  "VisibilityChangeEdge: Edge type's field `node` must implement `Node` interface.",
];

function findings(schema: string): string[] {
  const config: Linter.Config = {
    files: ['**/*.graphql'],
    languageOptions: {
      parser: graphqlEslint.parser,
      parserOptions: { graphQLConfig: { schema: schemaFile } },
    },
    plugins: { '@graphql-eslint': graphqlEslint as unknown as ESLint.Plugin },
    rules: relayRules,
  };
  const lines = schema.split('\n');
  return new Linter().verify(schema, [config], 'schema/schema.graphql').map(({ message, line }) => {
    const typeLine = lines.slice(0, line).findLast((one) => one.startsWith('type '))!;
    return `${typeLine.split(' ')[1]}: ${message}`;
  });
}

test('the rules of graphql-eslint for Relay find nothing but what is known', () => {
  expect(findings(readFileSync(schemaFile, 'utf8'))).toEqual(known);
});

test('and they would', () => {
  const spoilt = readFileSync(schemaFile, 'utf8').replace('  endCursor: String\n', '');
  expect(findings(spoilt)).not.toEqual(known);
});
