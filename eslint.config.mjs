import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Who may see what is decided in src/access alone; elsewhere nothing may compare roles or flags. */
const decideInAccess = {
  selector:
    'BinaryExpression[operator=/^[!=]==?$/] > :matches(MemberExpression[property.name=/^(isPublic|role|viewerRole)$/], Identifier[name=/^(isPublic|viewerRole)$/])',
  message: 'Who may see what is decided in src/access only.',
};

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
    ignores: ['src/access/**'],
    rules: { 'no-restricted-syntax': ['error', decideInAccess] },
  },
  { files: ['migrations/**'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
