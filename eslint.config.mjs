import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Who may see what is decided in src/access alone; elsewhere nothing may compare roles or flags. */
const decideInAccess = {
  selector:
    'BinaryExpression[operator=/^[!=]==?$/] > :matches(MemberExpression[property.name=/^(isPublic|role|viewerRole)$/], Identifier[name=/^(isPublic|viewerRole)$/])',
  message: 'Who may see what is decided in src/access only.',
};

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
    ignores: ['src/access/**', 'src/database/**'],
    rules: { 'no-restricted-syntax': ['error', decideInAccess, ...lockInDatabase] },
  },
  { files: ['src/access/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...lockInDatabase] } },
  { files: ['src/database/**/*.ts'], rules: { 'no-restricted-syntax': ['error', decideInAccess] } },
  { files: ['migrations/**'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
