// Each rule stands here by name with the reason it is worth its interruptions. Formatting is prettier's affair.

import { fileURLToPath } from 'node:url'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Rules that need no types: the same for every file. */
const plain = {
  // `==` finds 0 equal to '' and null: sums and ids would compare wrongly.
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  // Output is the Log port's or the terminal host's: a stray line on stdout breaks whoever parses it.
  'no-console': 'error',
  // A debugger statement stops the program of somebody who never asked.
  'no-debugger': 'error',
  // Text that becomes code is how a page is taken over.
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  // A name that can be reassigned must be read twice.
  'prefer-const': 'error',
  'no-var': 'error',
  // A parameter that changes its meaning half way down hides what the caller gave.
  'no-param-reassign': 'error',
  // Assigning to what was imported or is a constant of the language surprises every other reader.
  'no-import-assign': 'error',
  'no-global-assign': 'error',
  // A `return` in `finally` swallows the error that was on its way.
  'no-unsafe-finally': 'error',
  // A loop that can only run once is a condition, or a mistake.
  'no-unreachable-loop': 'error',
  // A comparison with itself or a condition that never changes is a slip of the pen.
  'no-self-compare': 'error',
  'no-constant-binary-expression': 'error',
  // `${…}` in quotes prints itself; it was meant to be a template.
  'no-template-curly-in-string': 'error',
  // An array callback that forgets to return makes a list of undefined.
  'array-callback-return': 'error',
  // An executor's returned value is thrown away, and an async one loses its errors.
  'no-async-promise-executor': 'error',
  // Two branches with the same condition: one of them never runs.
  'no-dupe-else-if': 'error',
  // Two cases, keys or parameters of one name: one of them is lost.
  'no-duplicate-case': 'error',
  'no-dupe-keys': 'error',
  // Lost precision in a number literal would be lost money.
  'no-loss-of-precision': 'error',
  // Empty blocks hide what was meant; a comment inside says it.
  'no-empty': ['error', { allowEmptyCatch: false }],
  // A pattern with an empty class or wrong escape matches something else than it says.
  'no-empty-character-class': 'error',
  'no-invalid-regexp': 'error',
  'no-misleading-character-class': 'error',
  // Node runs the sources by stripping types: what is not erasable does not run. (The compiler says so too.)
  'no-restricted-syntax': [
    'error',
    { selector: 'TSEnumDeclaration', message: 'Enums are not erasable: use a union of literals.' },
    {
      selector: 'TSModuleDeclaration[kind="namespace"]',
      message: 'Namespaces are not erasable: a file is a module.',
    },
    {
      selector: 'TSParameterProperty',
      message: 'Parameter properties are not erasable: declare and assign.',
    },
    {
      selector: 'Identifier[name="isElectron"]',
      message: 'Nothing asks where it runs: the host lends what differs.',
    },
  ],
  // `any` turns the checks off for everything it touches.
  '@typescript-eslint/no-explicit-any': 'error',
  // A silenced compiler stays silent when the next mistake comes.
  '@typescript-eslint/ban-ts-comment': 'error',
  // `x!` says "trust me" where a check would say why.
  '@typescript-eslint/no-non-null-assertion': 'error',
  // Types that are imported as types leave no import behind when they are stripped.
  '@typescript-eslint/consistent-type-imports': 'error',
  // One way to declare a shape: interfaces read better in errors and can be extended.
  '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
  // A name that is declared and never used is dead code; `_` says that it is there for its place only.
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // `{}` and `Function` accept nearly everything.
  '@typescript-eslint/no-empty-object-type': 'error',
  '@typescript-eslint/no-unsafe-function-type': 'error',
  '@typescript-eslint/no-wrapper-object-types': 'error',
  // require() is invisible to the import graph that the architecture test walks.
  '@typescript-eslint/no-require-imports': 'error',
  // A getter and a setter of one class member far apart, or overloads apart, are read as two things.
  '@typescript-eslint/adjacent-overload-signatures': 'error',
}

/** Rules that ask the compiler: what only types can tell. */
const typed = {
  // A promise nobody waits for loses its error; `void` says that this is meant.
  '@typescript-eslint/no-floating-promises': 'error',
  // An async function where nobody waits, or a promise as a condition, is always a mistake.
  '@typescript-eslint/no-misused-promises': [
    'error',
    { checksVoidReturn: { arguments: true, attributes: false } },
  ],
  // `await` of something that is no promise hides a forgotten call.
  '@typescript-eslint/await-thenable': 'error',
  // A switch over a union must name every member, so that a new one shows where it matters.
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  // Values that came from outside are unknown until somebody has looked.
  '@typescript-eslint/no-unsafe-assignment': 'error',
  '@typescript-eslint/no-unsafe-argument': 'error',
  '@typescript-eslint/no-unsafe-call': 'error',
  '@typescript-eslint/no-unsafe-member-access': 'error',
  '@typescript-eslint/no-unsafe-return': 'error',
  // `[object Object]` in a message helps nobody.
  '@typescript-eslint/no-base-to-string': 'error',
  // A template that prints an object or a nullable prints nonsense; numbers are meant.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // Adding a number to a text is a join that looks like a sum.
  '@typescript-eslint/restrict-plus-operands': 'error',
  // Only Errors carry where they came from.
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/prefer-promise-reject-errors': 'error',
  // Without a comparison numbers are sorted as texts: 100 before 20.
  '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
  // An assertion that changes nothing is left over from something that did.
  '@typescript-eslint/no-unnecessary-type-assertion': 'error',
  // `for in` over a list gives texts, inherited ones too.
  '@typescript-eslint/no-for-in-array': 'error',
  // `delete` of a computed key turns an object into a dictionary by accident: a Map is one by design.
  '@typescript-eslint/no-dynamic-delete': 'error',
  // An error that is caught may be anything.
  '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
}

/** Arrows of the architecture, one per folder; the architecture test walks the whole graph, this one shows it while typing. */
const arrow = (files, forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: forbidden.map(([regex, message]) => ({ regex, message })) },
    ],
  },
})
const electron = [
  '^electron$',
  'Electron has two folders, main and preload: elsewhere the program must run without it.',
]
const nodeItself = ['^node:', 'This folder runs anywhere: what touches the computer is lent by a port.']
const outOf = (folders, why) => [`(?:^|/)(?:${folders})(?:/|$)`, why]

export default tseslint.config(
  {
    ignores: [
      'out/**',
      'dist/**',
      'node_modules/**',
      'coverage/**',
      'test-results/**',
      'tests/**/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  { files: ['**/*.{ts,mjs}'], plugins: { '@typescript-eslint': tseslint.plugin }, rules: plain },
  { files: ['**/*.{ts,mjs}'], languageOptions: { parser: tseslint.parser } },
  {
    files: ['electron/**/*.ts', 'renderer/src/**/*.ts', 'tests/**/*.ts', 'build/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: typed,
  },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['**/*.vue'] })),
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser, sourceType: 'module' } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      ...plain,
      // What a template prints is text: v-html would print whatever a portal or a bank wrote as a page.
      'vue/no-v-html': 'error',
      // One way of writing components: setup scripts with types.
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      // Props and events are the component's contract: both are typed.
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      // Names in templates are those of the script, or search does not find them.
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      // A button without a type submits whatever form it happens to stand in.
      'vue/html-button-has-type': 'error',
      // Layout of templates is prettier's affair.
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      // An optional prop without a default is undefined, and its type says so.
      'vue/require-default-prop': 'off',
    },
  },
  // Modules of .vue are opaque to this compiler (vue-tsc checks them): what they export would count as unsafe.
  {
    files: ['renderer/src/**/*.ts', 'tests/renderer/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // The bridge rejects with a fault itself: between the two worlds of a window an Error loses its fields.
  {
    files: ['electron/preload/index.ts'],
    rules: { '@typescript-eslint/prefer-promise-reject-errors': 'off' },
  },
  // Tests hand in what is wrong on purpose, look into JSON, and build code to see that it parses.
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-new-func': 'off',
      'no-template-curly-in-string': 'off',
    },
  },
  // These scripts are for Node alone and speak to the terminal by writing to it.
  { files: ['build/**/*.mjs'], rules: { '@typescript-eslint/no-unused-vars': 'error' } },
  arrow(
    ['electron/contract/**'],
    [
      electron,
      nodeItself,
      outOf(
        'domain|backend|host|vault|main|preload|loopback|stdio|demo-portal|renderer',
        'The contract knows nobody.',
      ),
    ],
  ),
  arrow(
    ['electron/domain/**'],
    [
      electron,
      nodeItself,
      outOf(
        'backend|host|vault|main|preload|loopback|stdio|demo-portal|renderer',
        'The domain is pure: plain values in, plain values out.',
      ),
    ],
  ),
  arrow(
    ['electron/backend/**'],
    [
      electron,
      outOf(
        'host|vault|main|preload|loopback|stdio|demo-portal|renderer',
        'The backend has no host: what it needs is lent through ports.ts.',
      ),
    ],
  ),
  arrow(
    ['electron/vault/**'],
    [
      electron,
      outOf(
        'domain|main|preload|loopback|stdio|demo-portal|renderer|host',
        'Secrets have one home, and it knows nothing but its port.',
      ),
    ],
  ),
  arrow(
    ['electron/demo-portal/**'],
    [
      electron,
      outOf(
        'contract|domain|backend|host|vault|main|preload|loopback|stdio|renderer',
        'If client and stand-in share code, they share its mistakes.',
      ),
    ],
  ),
  arrow(
    ['electron/host/**', 'electron/stdio/**', 'electron/loopback/**'],
    [
      electron,
      outOf('domain|main|preload|renderer', 'A host carries the backend; it decides nothing itself.'),
    ],
  ),
  arrow(
    ['electron/main/**', 'electron/preload/**'],
    [outOf('domain|loopback|stdio|renderer', 'No host cheats with the powers of another.')],
  ),
  arrow(
    ['renderer/src/**'],
    [
      electron,
      nodeItself,
      outOf(
        'electron/(?:domain|backend|host|vault|main|preload|loopback|stdio|demo-portal)',
        'The window knows the contract and its bridge.',
      ),
    ],
  ),
)
