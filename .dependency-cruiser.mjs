/** One folder of src may import itself and these. */
const mayImport = {
  internal: [],
  errors: ['internal'],
  transport: ['internal', 'errors'],
  scim: ['internal', 'errors', 'transport'],
  'audit-logs': ['internal', 'errors', 'transport'],
  admin: ['internal', 'errors', 'transport'],
  connection: ['internal', 'errors', 'transport', 'scim', 'audit-logs', 'admin'],
  provisioning: ['internal', 'errors', 'transport', 'scim'],
  export: ['internal', 'errors', 'transport', 'audit-logs'],
  normalize: ['internal', 'errors', 'audit-logs/events'],
};

const direction = Object.entries(mayImport).map(([folder, others]) => ({
  name: `direction-of-${folder}`,
  comment:
    'internal <- errors <- transport <- { scim, audit-logs, admin } <- { connection, provisioning, export, normalize } <- index',
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...others].join('|')})/` },
}));

const onlyOneFileImports = ['ky', 'p-retry', 'p-throttle'].map((name) => ({
  name: `only-one-file-imports-${name}`,
  comment: `Whoever needs ${name} goes through the one file that wraps it.`,
  severity: 'error',
  module: { path: `(^|/)node_modules/${name}/`, numberOfDependentsMoreThan: 1 },
  from: { path: '^src/' },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-between-folders',
      comment: 'Two folders that need each other are one folder, or a third one is missing.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'static-imports-only',
      comment: 'From a public method, each step to the code that runs is one click.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dynamic: true, path: '^src/' },
    },
    {
      name: 'ky-alone-is-loaded-later',
      comment:
        'ky makes a Request when it is loaded, which costs some 30 ms and would break "nothing touched at import".',
      severity: 'error',
      from: { path: '^src/' },
      to: { dynamic: true, path: '.', pathNot: '^src/|(^|/)node_modules/ky/' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...direction,
    {
      name: 'direction-of-testing',
      comment: 'The emulator knows the protocols, never the clients: else it would agree with their mistakes.',
      severity: 'error',
      from: { path: '^src/testing/' },
      to: {
        path: '^src/',
        pathNot: '^src/(testing|internal|errors|scim/(schemas|filter|patch)|audit-logs/events|admin/schemas)/',
      },
    },
    {
      name: 'nothing-imports-testing',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(testing|command)/' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'nothing-imports-the-command',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/command/' },
      to: { path: '^src/command/' },
    },
    {
      name: 'the-command-imports-entries',
      comment:
        'It is a program like any other, in a file of its own. What no entry has and it holds a copy of is a function without state.',
      severity: 'error',
      from: { path: '^src/command/' },
      to: {
        path: '^src/',
        pathNot:
          '^src/(command/|(errors/nearest-word|internal/node-files|provisioning/brake-texts)\\.ts$|(index|(scim|audit-logs|admin|provisioning|export|testing)/index)\\.ts$)',
      },
    },
    ...onlyOneFileImports,
    {
      name: 'nothing-imports-msw',
      comment: 'The handlers are made with the `http` that the user hands over: msw stays optional.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)node_modules/msw/' },
    },
    {
      name: 'schemas-are-leaves',
      severity: 'error',
      from: { path: '^src/(scim/schemas|audit-logs/events|admin/schemas)/' },
      to: { path: '^src/', pathNot: '^src/(internal|errors|scim/schemas|audit-logs/events|admin/schemas)/' },
    },
    {
      name: 'zod-mini-only',
      comment: 'Classic zod costs five times as many bytes as mini, and more than the core that mini is made of.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)node_modules/zod/', pathNot: '(^|/)node_modules/zod/(mini|v4/core)/' },
    },
    {
      name: 'zod-where-it-runs',
      comment: 'What a SCIM server sends is read leniently, by hand; its types are interfaces.',
      severity: 'error',
      from: { path: '^src/(errors|transport|scim|admin)/' },
      to: { path: '(^|/)node_modules/zod/' },
    },
    {
      name: 'no-folder-barrels',
      severity: 'error',
      from: {
        path: '/index\\.ts$',
        pathNot: '^src/(index|(scim|audit-logs|admin|provisioning|export|normalize|testing)/index)\\.ts$',
      },
      to: {},
    },
    {
      name: 'entries-are-for-users',
      comment: 'Inside, import the file that holds the thing.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/command/' },
      to: { path: '^src/(index|(scim|audit-logs|admin|provisioning|export|normalize|testing)/index)\\.ts$' },
    },
    {
      name: 'no-node-builtins',
      comment:
        'The library runs wherever fetch does; only the emulator may start a Node server. The command is for Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(testing|command)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'bundled-packages-only',
      comment: 'The package has no dependencies: what src imports is bundled, or is types alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(ky|p-retry|p-throttle|zod|type-fest)/' },
    },
    {
      name: 'no-unlisted-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { path: '^src/', orphan: true, pathNot: '^src/internal/schema\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
