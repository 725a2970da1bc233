// What an import line costs a bundle: the published files, in one file, minified and gzipped, nothing left out. What is
// loaded by `import()` is in it too. Later work may raise a ceiling by what a capability costs, with the reason beside it.

const line = (name, path, imports, limit) => ({
  name,
  path,
  import: imports,
  limit,
  gzip: true,
  // size-limit leaves out peer dependencies; nothing here may need one.
  ignore: [],
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }),
});

export default [
  // 95 before the faults of real servers: walks that overlap (2), proofs of writes (2), natural keys (2), clocks and lists of logs (3).
  // Where requests may go, and which hosts are public: 1.5, of which each client carries 0.6.
  line('everything in the root', 'dist/index.js', '*', '105 kB'),
  // 55 before them.
  line('ScimClient', 'dist/scim/index.js', '{ ScimClient }', '64.6 kB'),
  // 42 was asked for; zod, which checks checkpoints and pages of files here, costs 5, and lists and clocks that lie 3.
  line('AuditLogClient', 'dist/audit-logs/index.js', '{ AuditLogClient }', '50.2 kB'),
  line('filter helpers', 'dist/scim/index.js', '{ eq, and, or, not, present, valuePath, formatFilter }', '4 kB'),
  line('filter`…`', 'dist/scim/index.js', '{ filter }', '4 kB'),
  line('diffPatch', 'dist/scim/index.js', '{ diffPatch }', '5 kB'),
  line('isSdkError', 'dist/index.js', '{ isSdkError }', '4 kB'),
];
