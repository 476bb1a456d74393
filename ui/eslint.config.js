// What the linter of the window asks for. Run from the top folder: `npm run ui:check`.
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

export default ts.config(
  { ignores: ['**/dist/', '**/node_modules/', 'target/', 'ui/src/host/types/'] },
  js.configs.recommended,
  ts.configs.recommended,
  ts.configs.stylistic,
  svelte.configs.recommended,
  { files: ['ui/**'], languageOptions: { globals: globals.browser } },
  { files: ['scripts/**', 'tests/**'], languageOptions: { globals: globals.node } },
  { files: ['tests/e2e/**'], languageOptions: { globals: { ...globals.node, document: 'readonly', window: 'readonly' } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-undef': 'off', // TypeScript knows better
      'svelte/no-at-html-tags': 'error', // foreign text is shown as text
    },
  },
  { files: ['scripts/**', 'tests/**'], rules: { 'no-console': 'off' } },
)
