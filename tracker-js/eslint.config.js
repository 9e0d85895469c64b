import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // src/beacon.ts is generated: a test holds it against the schema.
  globalIgnores(['dist/', 'lib/', 'src/beacon.ts']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Like is compared with like, and a third character in each comparison costs bytes.
      eqeqeq: 'off',
      // A block around what returns nothing costs bytes.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // tsc checks this, and knows which globals there are.
      'no-undef': 'off',
      // `??` is lowered for older browsers, which costs bytes; `||` is the same for objects.
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      // Adding an empty string is the shortest way to make one.
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
    },
  },
  {
    files: ['test/**'],
    rules: {
      // Methods that are spied on are named, not called.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
