// What an import line costs a bundle, minified and gzipped, dependencies included.

const asModules = (config) => ({ ...config, format: 'esm' });

/**
 * Leaves out what is loaded only when it is first called, as a bundler does that splits code. ky is counted: every
 * client loads it with its first request.
 */
const withoutLaterParts = (config) => ({
  ...asModules(config),
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'later-parts',
      setup: ({ onResolve }) => {
        onResolve({ filter: /./ }, ({ kind, path }) =>
          kind === 'dynamic-import' && path !== 'ky' ? { path, external: true } : undefined,
        );
      },
    },
  ],
});

const line = (name, path, imports, limit, wholeLimit) => [
  { name, path, import: imports, limit, gzip: true, modifyEsbuildConfig: withoutLaterParts },
  ...(wholeLimit
    ? [
        {
          name: `${name}, with all it may load later`,
          path,
          import: imports,
          limit: wholeLimit,
          gzip: true,
          modifyEsbuildConfig: asModules,
        },
      ]
    : []),
];

export default [
  ...line('filter helpers', 'dist/scim/index.js', '{ eq, and, or, not, present, valuePath, formatFilter }', '3 kB'),
  // The template reads its text with the parser, to refuse a wrong one where it stands.
  ...line('filter`…`', 'dist/scim/index.js', '{ filter }', '3 kB'),
  // Each of these alone, so that none grows by what only another one needs.
  ...line('parseFilter', 'dist/scim/index.js', '{ parseFilter }', '3 kB'),
  ...line('matchesFilter', 'dist/scim/index.js', '{ matchesFilter }', '6.4 kB'),
  ...line('parsePath', 'dist/scim/index.js', '{ parsePath }', '3.4 kB'),
  ...line('applyPatch', 'dist/scim/index.js', '{ applyPatch }', '13.6 kB'),
  ...line('diffPatch', 'dist/scim/index.js', '{ diffPatch }', '4 kB'),
  // All that may load later grew from 51 and 97 kB with what writes and patches do rightly now: outcomes of bulk writes,
  // the judge of every key a server may read, changes part by part.
  ...line('ScimClient', 'dist/scim/index.js', '{ ScimClient }', '26 kB', '60 kB'),
  ...line('AuditLogClient', 'dist/audit-logs/index.js', '{ AuditLogClient }', '24 kB', '55 kB'),
  ...line('everything in the root', 'dist/index.js', '*', '40 kB', '110 kB'),
];
