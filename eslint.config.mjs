import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The rooms of docs/architecture.md, the lowest level first. Each may import those on lower levels, but not the others
 * on its own.
 */
const LEVELS = [
  ['base'],
  ['api'],
  ['account'],
  ['inventory'],
  ['checks'],
  ['words', 'formats'],
  ['platform'],
  ['views'],
  ['commands'],
];

/** These also run in plain Node.js. They may import types from `vscode`. */
const WITHOUT_EDITOR = ['base', 'api', 'inventory', 'checks', 'words', 'formats'];

/** Functions that only one file may call, so that there is one place to look. */
const SEAMS = [
  ['registerCommand', 'src/extension.ts', `CallExpression[callee.property.name='registerCommand']`],
  ['setContext', 'src/platform/contextKeys.ts', `CallExpression > Literal[value='setContext']`],
  ['getConfiguration', 'src/platform/settings.ts', `CallExpression[callee.property.name='getConfiguration']`],
  [
    'createOutputChannel',
    'src/platform/log.ts',
    `CallExpression[callee.property.name='createOutputChannel']`,
  ],
  ['openExternal', 'src/platform/openInBrowser.ts', `MemberExpression[property.name='openExternal']`],
  ['URL.canParse', 'src/base/parseUrl.ts', `MemberExpression[object.name='URL'][property.name='canParse']`],
  // It decodes a web address, which is then encoded differently.
  [
    'Uri.parse',
    'src/platform/openInBrowser.ts',
    `MemberExpression[object.name='Uri'][property.name='parse']`,
  ],
];

function rooms() {
  return LEVELS.flatMap((level, index) =>
    level.map((room) => {
      const forbidden = LEVELS.slice(index)
        .flat()
        .filter((other) => other !== room);
      const folders = [...forbidden, 'webview'].join('|');
      return {
        files: [`src/${room}/**`],
        rules: {
          '@typescript-eslint/no-restricted-imports': [
            'error',
            {
              paths: WITHOUT_EDITOR.includes(room) ? [{ name: 'vscode', allowTypeImports: true }] : [],
              patterns: [
                { regex: `^(?:\\.\\./)+(?:${folders})/`, message: `${room} is below that room.` },
                {
                  regex: '^(?:\\.\\./)+(?:chunks/\\w+|app|extension|exportedApi|inventorySnapshots)\\.ts$',
                  message: 'That file puts the rooms together.',
                },
              ],
            },
          ],
        },
      };
    }),
  );
}

/** A page may import only types from the extension, except from `base`. */
function pages() {
  const folders = LEVELS.flat().filter((room) => room !== 'base');
  return {
    files: ['src/webview/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: `/(?:${folders.join('|')})/`, allowTypeImports: true }] },
      ],
    },
  };
}

function seams() {
  const rule = (seams) => [
    'error',
    ...seams.map(([name, file, selector]) => ({ selector, message: `${name} is called in ${file} only.` })),
  ];
  return [
    { files: ['src/**'], rules: { 'no-restricted-syntax': rule(SEAMS) } },
    ...SEAMS.map((own) => ({
      files: [own[1]],
      rules: { 'no-restricted-syntax': rule(SEAMS.filter(([, file]) => file !== own[1])) },
    })),
  ];
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', 'test/sandbox/gen/', '.vscode-test/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    rules: { curly: 'error', 'max-lines': ['error', { max: 250, skipBlankLines: true }] },
  },
  ...rooms(),
  pages(),
  ...seams(),
  {
    // Mocha's describe and it return promises and suites that nobody awaits.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }] },
  },
  {
    // Scripts that Node.js runs without a build.
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: false, process: false } },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { require: false, exports: true } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
