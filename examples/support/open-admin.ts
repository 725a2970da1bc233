import { type Connection, connect, parseConnectionConfig, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
import { createEmulator, type Emulator, type Person, personOf, seedEvents } from 'chatgpt-enterprise-sdk/testing';
import { isRealWorkspace } from './open-connection.ts';

/** A connection, and all the workspaces of its form: `connection.admin` has those alone of which the key is an Admin key. */
export interface OpenedAdmin {
  readonly connection: Connection;
  readonly workspaceIds: readonly string[];
}

/**
 * Opens the workspaces that the environment variables name (`CHATGPT_COMPLIANCE_API_KEYS` and so on: an Admin key is entered
 * there), or an emulator where none is set.
 */
export function openAdmin(): OpenedAdmin {
  if (!isRealWorkspace()) return openEmulated();
  const onWarning = ({ message }: { readonly message: string }) => console.warn(message);
  const config = readConnectionConfigFromEnv(process.env, { require: ['compliance'], onWarning });
  return { connection: connect(config), workspaceIds: config.workspaceIds };
}

function openEmulated(): OpenedAdmin {
  // The list of members learns of newcomers late, and these are to be seen at once.
  const emulator = createEmulator({ admin: { quirks: { staleMembersMs: 0 } } });
  addIdlePeople(emulator);
  const form = emulator.connectionConfig({ complianceApiKeys: emulator.compliance.apiKeys });
  const config = parseConnectionConfig(form, { require: ['compliance'] });
  return { connection: connect(config, emulator.clientOptions), workspaceIds: config.workspaceIds };
}

/** Everyone of the default world is busy: two more never begin, and two have stopped. */
function addIdlePeople(emulator: Emulator): void {
  const { compliance, store, clock } = emulator;
  const [first = ''] = compliance.workspaceIds;
  const people = [12, 13, 14, 15].map((number) => personOf(number));
  const daysAgo = (days: number) => new Date(clock.now() - days * 86_400_000);
  const memberOf = ({ userId: id, email, givenName, familyName }: Person, index: number) => ({
    ...{ id, email, name: `${givenName} ${familyName}`, role: 'standard-user', status: 'active' as const },
    created_at: Math.floor(daysAgo(index === 0 ? 5 : 120).getTime() / 1_000),
  });
  store.workspaces.setUsers(first, [...store.workspaces.users(first), ...people.map(memberOf)]);
  store.admin.groups.add(first, { name: 'New this year', members: people.slice(0, 3).map(({ email }) => email) });
  seedEvents(emulator, {
    owner: { type: 'organization', id: compliance.organizationId },
    eventType: 'COSTS',
    count: 12,
    from: daysAgo(70).toISOString(),
    to: daysAgo(40).toISOString(),
    people: people.slice(2),
    // Of the seed of the world, they would be events that the log has already.
    seed: 2,
  });
}
