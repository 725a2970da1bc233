import type { KnownEventType } from '../../audit-logs/events/event-types.js';
import type { EmulatorClock } from '../clock.js';
import type { WorkspaceUser } from '../compliance/workspaces.js';
import { generatePlatformEvents } from '../events/platform-events.js';
import type { EventOwner } from '../events/template.js';
import { type Person, personOf, userOfPerson } from '../people.js';
import { type Random, seedOf } from '../random.js';
import type { EmulatorStore } from '../store.js';
import { formatTimestamp } from '../timestamp.js';
import { fillLimits } from './default-limits.js';
import { seedEvents } from './seed.js';

const groups = { Engineering: [0, 6], Finance: [6, 9], Everyone: [0, 12] };
const workspaces = { Northwind: 12, 'Northwind Labs': 6 };
const days = 3;

// Events of each type in the first workspace; the second has half as many.
const workspaceEvents: Partial<Record<KnownEventType, number>> = {
  CONVERSATION_MESSAGE: 60,
  AUTH_LOG: 40,
  AUDIT_LOG: 30,
  CODEX_LOG: 30,
  APP_LOG: 16,
  CUSTOM_AGENTS_LOG: 12,
  APP_AUTH_LOG: 6,
  CODEX_SECURITY_LOG: 6,
  CHATGPT_PLUGIN_SPREADSHEET: 6,
};

interface World {
  readonly store: EmulatorStore;
  readonly random: Random;
  readonly clock: EmulatorClock;
  readonly organizationId: string;
  readonly seed: number;
}

/** A dozen people in three groups and two workspaces, with three days of events: of the API Platform, one of each type. */
export function fillDefaultWorld(world: World): void {
  const { store, random, clock, organizationId, seed } = world;
  const people = Array.from({ length: 12 }, (_none, number) => personOf(number));
  const userIds = people.map((person) => store.users.add(userOfPerson(person)));
  for (const [displayName, [from, to]] of Object.entries(groups)) {
    const members = userIds.slice(from, to).map((value) => ({ value }));
    store.groups.add({ displayName, externalId: `grp-${displayName.toLowerCase()}`, members });
  }
  const createdAt = Math.floor(clock.now() / 1000) - 90 * 86_400;
  for (const [index, [name, size]] of Object.entries(workspaces).entries()) {
    const id = random.uuid();
    const members = people.slice(0, size);
    const users = members.map((person, number) => memberOf(person, number, createdAt));
    store.workspaces.add({ id, name, organizationId }, users);
    for (const [eventType, count] of Object.entries(workspaceEvents)) {
      seedDays(world, { type: 'workspace', id }, eventType as KnownEventType, Math.ceil(count / (index + 1)), members);
    }
  }
  seedDays(world, { type: 'organization', id: organizationId }, 'COSTS', 36, people);
  fillLimits(store, people);
  const [from = '', to = ''] = [days * 86_400_000, 0].map((ago) =>
    formatTimestamp(Math.floor(clock.now() - ago) * 1000),
  );
  store.platform.append(generatePlatformEvents({ from, to, people, seed: seedOf(`default world ${seed}`) }));
}

function seedDays(
  { store, clock, seed }: World,
  owner: EventOwner,
  eventType: KnownEventType,
  count: number,
  people: readonly Person[],
): void {
  const from = formatTimestamp(Math.floor(clock.now() - days * 86_400_000) * 1000);
  seedEvents({ store, clock }, { owner, eventType, count, from, people, seed, duplicateShare: 0.03, lateShare: 0.03 });
}

/** A person as a member of a workspace: the first owns it, the second administers it, the last two have Codex and no ChatGPT. */
function memberOf(person: Person, number: number, createdAt: number): WorkspaceUser {
  const { userId: id, email, givenName, familyName } = person;
  const role = number === 0 ? 'account-owner' : number === 1 ? 'account-admin' : 'standard-user';
  const created_at = createdAt + number * 3600.5;
  const seatType = number < 10 ? 'chatgpt' : 'codex';
  return { id, email, name: `${givenName} ${familyName}`, created_at, role, status: 'active', seatType };
}
