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
  // OAuth client credentials cost 2, and nothing where they are not imported. Options in the wrong argument or held in another
  // way, and misspelt names of attributes, cost 3; a key for each workspace in the form, and what can run into one, 4; what a
  // refused key can be, 2; reading on when one key is wrong 2; service accounts and what to do about a person 2.5; invitations,
  // however they are paged, and what to do about them 1.7.
  // AdminClient, which connect() opens where the form has an Admin key, costs 8.5 beside the transport it shares; what the check
  // asks with such a key, and says of it, 2; routes of the Compliance API without a method 0.8; members, seats, use and cost in the
  // roster 4; what a roster does not conclude from lists that do not say enough 1.5; the
  // check judging answers as the client does, and rows of another workspace, 1. Which list of people answers and who may tick it,
  // each class of key by its own causes, and workspaces named in every finding, 3; accounts of programs that the Admin API lists 1;
  // workspace IDs of the clients by the rules of the form 0.8;
  // lists that contradict themselves or show nobody, errors that name their workspace, and causes that the same report
  // refutes, 3.2. Lists that end at once when they are left, PUTs that are looked up before they are sent again, and costs in
  // whole numbers 1.5; batches that fill, checkpoints packed small, lines as they were written, and a throttle that is told what
  // waits 2.8; groups and people that are put back whole or not at all 0.6. The log of the API Platform, 4.7 of it in AuditLogClient, and its key in
  // the form and in the check 2; the end of each call, told to tracers, 0.1; whose log a key of the platform opens, its odd
  // answers, and what of it the check did not see, 1.2.
  line('everything in the root', 'dist/index.js', '*', '183.5 kB'),
  // 55 was asked for. Of the above: faults 16, hostile servers 2, wrong arguments 2.3, doubles 0.7, lists and traces 0.4;
  // misspelt names and misplaced options 2.5, service accounts 0.8. Errors that it shares with the Admin API, whose lists
  // contradict themselves in ways of their own, 0.2; numbers looked for again once they were written, and accounts of programs that no
  // name changes, 0.5; codes that hold part of an address 0.1; pages asked for while others are read, lists that are left, repeated PUTs 0.5;
  // a throttle that is told what waits 0.1; what is put back whole or not at all 0.5; the end of each call, and a fourth service in errors, 0.2.
  line('ScimClient', 'dist/scim/index.js', '{ ScimClient }', '84.2 kB'),
  // 42 was asked for. zod, which checks checkpoints and pages of files here, costs 5; faults 5, hostile servers 2, wrong arguments 1.2, lists and traces 0.4;
  // keys by workspace 1, reading on when one of them is wrong 2, what a refused key can be 1.8, misplaced options 0.8;
  // names and cut IDs in place of a workspace ID, and bases without a version, in the words of the form 1.5; batches that fill 1, checkpoints below
  // 2 kB 1.2, lines as they were written 0.7. The log of the API Platform, listed the other way round, with a key and refusals of its own, 4.7; its
  // events told by their log, odd lists, and whose log it is, 0.8.
  line('AuditLogClient', 'dist/audit-logs/index.js', '{ AuditLogClient }', '74 kB'),
  // 30 was asked for. The transport alone, which all clients share, is 31: ky, retries, limits, what went wrong and what to do.
  // Of the other 10, keys by workspace and the checks of options are shared too. Refusals told as the check tells them cost 0.1, lists and rows that
  // contradict themselves 0.9, workspace IDs and bases by the rules of the form 1.5,
  // every cause that the check names 1.2; a throttle that is told what waits 0.1; the end of each call, and a fourth service in errors, 0.2.
  line('AdminClient', 'dist/admin/index.js', '{ AdminClient }', '46.9 kB'),
  // What it shares with ScimClient is in it too: whoever plans has that already.
  line('planDirectory', 'dist/provisioning/index.js', '{ planDirectory }', '50.1 kB'),
  // Reads that several changes share, 0.7; keys matched with one look, 0.2.
  line(
    'planDirectory and applyPlan',
    'dist/provisioning/index.js',
    '{ planDirectory, applyPlan, fileJournal }',
    '87.4 kB',
  ),
  // Mostly tables: what becomes of some 500 names of actions and types. Fields that are looked for with one walk, worked out for each rule, 2;
  // addresses in disguise, outcomes in words, and whose log it is 0.4.
  line('toOcsf', 'dist/normalize/index.js', '{ toOcsf }', '18.8 kB'),
  // 172 actions of AUDIT_LOG among them, and which field each value of 9 streams has; what each of 149 names of the
  // platform says, and whom it was done to, 0.8.
  line('toEcs', 'dist/normalize/index.js', '{ toEcs }', '14.9 kB'),
  line('filter helpers', 'dist/scim/index.js', '{ eq, and, or, not, present, valuePath, formatFilter }', '4 kB'),
  line('filter`…`', 'dist/scim/index.js', '{ filter }', '4 kB'),
  // 5 was asked for. Resources that are no JSON and misspelt schemas cost 0.9, options held in another way than by name 0.9.
  line('diffPatch', 'dist/scim/index.js', '{ diffPatch }', '6.9 kB'),
  line('isSdkError', 'dist/index.js', '{ isSdkError }', '4 kB'),
];
