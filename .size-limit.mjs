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
  // 95 was asked for. The faults of real servers cost 19: walks that overlap and resume (4), proofs of writes and of members (5),
  // whom natural keys name (4), what a bulk answer says (2), lists, files and clocks of logs (4). Hostile forms, servers and
  // processes cost 4: options of their own, limits of depth and of values (2.5), public hosts (1.5). Wrong arguments of every
  // kind, named, cost 3; doubles found 0.7; lists as arrays, lines for the console and traces to the caller 0.7.
  // OAuth client credentials cost 1.6, and nothing where they are not imported.
  line('everything in the root', 'dist/index.js', '*', '125.1 kB'),
  // 55 was asked for. Of the above: faults 16, hostile servers 2, wrong arguments 2.3, doubles 0.7, lists and traces 0.4.
  line('ScimClient', 'dist/scim/index.js', '{ ScimClient }', '77 kB'),
  // 42 was asked for. zod, which checks checkpoints and pages of files here, costs 5; faults 5, hostile servers 2, wrong arguments 1.2, lists and traces 0.4.
  line('AuditLogClient', 'dist/audit-logs/index.js', '{ AuditLogClient }', '56.5 kB'),
  line('filter helpers', 'dist/scim/index.js', '{ eq, and, or, not, present, valuePath, formatFilter }', '4 kB'),
  line('filter`…`', 'dist/scim/index.js', '{ filter }', '4 kB'),
  // 5 was asked for. Resources that are no JSON and misspelt schemas cost 0.9.
  line('diffPatch', 'dist/scim/index.js', '{ diffPatch }', '6 kB'),
  line('isSdkError', 'dist/index.js', '{ isSdkError }', '4 kB'),
];
