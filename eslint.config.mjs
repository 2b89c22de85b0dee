import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import noCircles from './lint/no-circles.mjs';

/** Who may see what is decided in src/access alone; elsewhere nothing may compare roles or flags. */
const decideInAccess = {
  selector:
    'BinaryExpression[operator=/^[!=]==?$/] > :matches(MemberExpression[property.name=/^(isPublic|role|viewerRole)$/], Identifier[name=/^(isPublic|viewerRole)$/])',
  message: 'Who may see what is decided in src/access only.',
};

/** Columns that say who may see what, or who may do what. */
const judged =
  'is_public|public_in|is_approved|is_administrator|role|accepted_at|proposed_by_id|claimed_by_id|invited_by_id|invited_email';
/** Compared or tested by SQL; to write one (after SET, or in a list of columns) judges nothing. */
const judgedInSql = [
  `(?<!SET |, |,\\n\\s*)"(${judged})"\\s*([=<>]|IN\\b|IS\\b)`,
  `\\b(WHERE|AND|OR|NOT|WHEN|THEN|ELSE|ON|BY)\\s+\\(*(\\w+\\.)?"(${judged})"`,
].join('|');

/** The same in SQL: in a statement written as text, in a fragment, or as the name of a column in one. */
const decideInSqlInAccess = [
  { selector: `TemplateElement[value.raw=/${judgedInSql}/]` },
  // What a table is declared with is no judgement.
  { selector: `Literal[value=/${judgedInSql}/]:not(Decorator Literal)` },
  { selector: `CallExpression[callee.name='name'] > Literal[value=/^(${judged})$/]` },
].map((one) => ({ ...one, message: 'Who may see what is decided in src/access only: SQL asks its compiler.' }));

/** There is one order of locks, and one place that begins transactions again which were stopped by others. */
const lockInDatabase = [
  {
    selector: 'CallExpression[callee.property.name=/^(transaction|startTransaction|createQueryRunner)$/]',
    message: 'Transactions are begun by inTransaction() in src/database only.',
  },
  ...['Literal[value=', 'TemplateElement[value.raw='].map((text) => ({
    selector: `${text}/FOR (NO KEY UPDATE|UPDATE|KEY SHARE|SHARE)\\b|pg_(try_)?advisory_/]`,
    message: 'Rows are locked in one order, by src/database/locks.ts only.',
  })),
  {
    selector: "Property[key.name='lock'] > ObjectExpression > Property[key.name='mode']",
    message: 'Rows are locked in one order, by src/database/locks.ts only.',
  },
];

/**
 * The importers are clients: of what is the server's they know its wire (src/tree) and facts that hold without a server.
 * `depth` is how far a file lies below src/.
 */
const clientsOnly = (depth) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: `^${'\\.\\./'.repeat(depth)}(?!\\.\\./|(tree/(entry|outcome|writable)|model/(bounds|doi|durations|families|ids|names|orcid|project-identifiers|texts)|domain/(module/registry|vocabulary/species-names)|commands/telling)$)`,
          message: 'Importers are clients: they need nothing of the server but its wire, src/tree.',
        },
        {
          regex:
            '^(?!\\.|node:|(cli-progress|commander|csv-parse/sync|ignore|spdx-license-ids/(index|deprecated)\\.json|yaml)$)',
          message: 'Importers are clients: no package of the server belongs here.',
        },
      ],
    },
  ],
});

/** And the server needs nothing of its clients; only the command line knows both. */
const serverOnly = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ regex: '(^|/)importers(/|$)', message: 'The server needs nothing of the importers.' }] },
  ],
};

/** What models are made of, and the models: they declare, and the rooms above them read what is declared. */
const declareOnly = (room, above) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: above,
          message: `Nothing in src/${room} needs what stands above it: declare, and let graph/ resolve.`,
        },
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.mjs'] } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'no-restricted-syntax': ['error'],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { stemgraph: { rules: { 'no-circles': noCircles } } },
    rules: { 'stemgraph/no-circles': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/access/**', 'src/database/**'],
    rules: { 'no-restricted-syntax': ['error', decideInAccess, ...decideInSqlInAccess, ...lockInDatabase] },
  },
  { files: ['src/access/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...lockInDatabase] } },
  {
    files: ['src/database/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', decideInAccess, ...decideInSqlInAccess] },
  },
  { files: ['src/**/*.ts'], ignores: ['src/importers/**', 'src/cli.ts'], rules: serverOnly },
  { files: ['src/model/**/*.ts'], rules: declareOnly('model', '^\\.\\./(?!errors$)') },
  { files: ['src/domain/*.ts'], rules: declareOnly('domain', '^\\.\\./(?!model/)') },
  {
    files: ['src/domain/*/*.ts'],
    rules: declareOnly('domain', '^\\.\\./\\.\\./(?!(model/|project-folder$))'),
  },
  { files: ['src/importers/*.ts'], rules: clientsOnly(1) },
  { files: ['src/importers/*/*.ts'], rules: clientsOnly(2) },
  { files: ['migrations/**'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
