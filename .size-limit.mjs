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
  ...line('filter`…`', 'dist/scim/index.js', '{ filter }', '3 kB'),
  ...line('ScimClient', 'dist/scim/index.js', '{ ScimClient }', '26 kB', '55 kB'),
  ...line('AuditLogClient', 'dist/audit-logs/index.js', '{ AuditLogClient }', '24 kB', '55 kB'),
  ...line('everything in the root', 'dist/index.js', '*', '40 kB', '100 kB'),
];
