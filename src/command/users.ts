import { type Connection, connect, type Person, type User } from '../index.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions, connectOptions, readForm } from './connection.js';
import { Mistake } from './mistake.js';
import { countOf, type TableOf } from './output.js';

/** Lists people. */
export const users: Command = {
  name: 'users',
  summary: 'List the users of the directory, or with --roster everybody and what they have',
  options: {
    filter: { value: 'FILTER', help: 'A SCIM filter, such as \'userName eq "ada@north.example"\'. Servers take few.' },
    attributes: { value: 'NAMES', help: 'Attributes to ask for, with commas, such as userName,active.' },
    roster: { help: 'Join the directory with the members and invitations of the workspaces.' },
    'last-activity': { help: 'With --roster: read the logs of 30 days for the last activity of each person.' },
    json: { help: 'Print one JSON object a line on a terminal too.' },
    ...connectionOptions,
  },
  details: [
    'On a terminal it prints a table, elsewhere one JSON object a line: a user as the directory sent it, or a person of the roster. Both name people.',
    'Service accounts are listed too: `userType` is ServiceAccount, and in the roster `kind` is service_account.',
  ],
  exits: { 0: 'all are listed', 1: 'all are listed, and something of them could not be read, which is said' },
  run: (call) => (call.given.has('roster') ? listRoster(call) : listUsers(call)),
};

const userTable: TableOf<User> = {
  headings: ['USER NAME', 'NAME', 'ACTIVE', 'TYPE', 'EXTERNAL ID', 'ID'],
  cellsOf: ({ userName, displayName, active, userType, externalId, id }) => [
    userName,
    displayName,
    active,
    userType,
    externalId,
    id,
  ],
};

async function listUsers(call: Call): Promise<ExitCode> {
  const { given, out, signal } = call;
  if (given.has('last-activity')) throw new Mistake('--last-activity goes with --roster: the directory knows of none.');
  const attributes = given.list('attributes');
  await using connection = connect(await readForm(call, { require: ['scim'] }), connectOptions(call));
  const query = { filter: given.text('filter'), attributes };
  await out.list(connection.scim.users.iterate(query, { signal }), asTable(call), {
    headings: attributes?.map((name) => name.toUpperCase()) ?? userTable.headings,
    cellsOf: (user) => attributes?.map((name) => cellOf(user, name)) ?? userTable.cellsOf(user),
  });
  return 0;
}

/** An attribute in whatever case it was asked for, of `name.givenName` the part. */
function cellOf(resource: unknown, path: string): string {
  let value = resource;
  for (const name of path.split('.')) {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    value = entries.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}

const personTable: TableOf<Person> = {
  headings: ['E-MAIL', 'NAME', 'KIND', 'STATUS', 'ROLES', 'GROUPS', 'LAST ACTIVITY', 'TO LOOK AT'],
  cellsOf: ({ email, name, kind, status, workspaces, directory, lastActivity, conflicts }) => [
    email ?? directory?.userName,
    name,
    kind,
    status,
    [...new Set(workspaces.flatMap(({ role }) => role ?? []))].join(', '),
    directory?.groups.map(({ displayName }) => displayName).join(', '),
    lastActivity?.at,
    conflicts.map(({ code }) => code).join(', '),
  ],
};

async function listRoster(call: Call): Promise<ExitCode> {
  const { given, out, progress, signal } = call;
  for (const name of ['filter', 'attributes'])
    if (given.has(name)) throw new Mistake(`--${name} is for the directory alone: leave it out, or --roster.`);
  const missing = new Set<string>();
  await using connection: Connection = connect(await readForm(call, { require: [] }), connectOptions(call));
  const people = connection.roster(
    {
      lastActivity: given.has('last-activity') ? {} : undefined,
      onProgress: ({ workspaceUsers, directoryUsers, events, people }) =>
        progress.show(
          [
            countOf(workspaceUsers, 'member'),
            countOf(directoryUsers, 'directory user'),
            countOf(events, 'event'),
            `${people} listed`,
          ].join(', '),
        ),
    },
    { signal },
  );
  const watched = (async function* () {
    for await (const person of people) {
      if (person.invitationsIncomplete)
        missing.add('Some invitations could not be read: who is in no workspace may be invited.');
      if (person.lastActivityIncomplete)
        missing.add('Some log files could not be read: the last activity may be too old, or missing.');
      if (person.workspacesIncomplete) missing.add('Some members of workspaces could not be read.');
      yield person;
    }
  })();
  await out.list(watched, asTable(call), personTable);
  progress.end();
  for (const one of missing) progress.note(one);
  return missing.size > 0 ? 1 : 0;
}

function asTable({ given, out }: Call): boolean {
  return out.isTerminal && !given.has('json');
}
