// Reads a roster from the emulator once, then answers the same over HTTP, each answer 20 ms late.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { createEmulator, generateEvents, personOf, seedGroups, seedUsers } from 'chatgpt-enterprise-sdk/testing';

/** What the other process is told. */
export interface Recorded {
  readonly port: number;
  /** In the order in which they were asked for. */
  readonly urls: readonly string[];
  readonly form: object;
  /** How many rows of `COSTS` there are. */
  readonly rows: number;
  /** How many members. */
  readonly people: number;
}

const latencyMs = 20;
const people = 20_000;
const rows = 100_000;
const days = 29;
const workspaceId = '11111111-1111-4111-8111-111111111111';

const emulator = createEmulator({
  world: 'empty',
  admin: { quirks: { staleMembersMs: 0 } },
  // Twelve a day.
  compliance: { logs: { windowMs: 2 * 3_600_000 } },
});
const { store, clock, compliance } = emulator;
const { organizationId } = compliance;
const persons = Array.from({ length: people }, (_none, number) => personOf(number));
store.workspaces.add(
  { id: workspaceId, name: 'Bench', organizationId },
  persons.map(({ email, givenName, familyName, userId: id }, number) => ({
    ...{ id, email, name: `${givenName} ${familyName}`, role: 'standard-user', status: 'active' },
    created_at: 1_760_000_000 + number,
  })),
);
const memberIds = seedUsers(emulator, people);
seedGroups(emulator, people / 20, { memberIds, membersPerGroup: 20 });
for (let number = 0; number < 50; number++) {
  store.users.add({ userName: `svc-${number}@service.example`, userType: 'ServiceAccount', active: true });
  store.workspaces.invite(workspaceId, `invited-${number}@northwind.example`);
}
const daysAgo = (count: number) => new Date(clock.now() - count * 86_400_000).toISOString();
const departments = [...new Set(persons.map(({ department }) => department))];
const departmentOf = new Map(persons.map(({ userId, department }) => [userId, departments.indexOf(department)]));
const made = generateEvents({
  owner: { type: 'organization', id: organizationId },
  eventType: 'COSTS',
  // Some are of an hour, a person and a kind of use that another is of: the service writes one row of these.
  count: rows * 1.01,
  from: daysAgo(days),
  to: daysAgo(0.5),
  people: persons,
});
const grains = new Set<string>();
for (const event of made) {
  const { day, hour, identity, product, measures } = event.payload ?? {};
  const grain = `${day} ${hour} ${identity?.user_id} ${product}`;
  if (grains.has(grain) || grains.size === rows) continue;
  grains.add(grain);
  // The emulator makes up a group, and an agent, for each row, and all at one price: an organization has a few, and each row its own.
  const department = departmentOf.get(identity?.user_id ?? '') ?? 0;
  for (const group of identity?.groups ?? []) group.id = `group-5e61${department}0b7d3c2`;
  if (identity?.agent) identity.agent.id = `agt_90d1c4${department}7be35`;
  const tokens = measures?.usage?.text_input_tokens ?? 0;
  for (const { cost } of measures?.billing ?? []) if (cost) cost.value = (tokens * 137) / 1e5;
  store.logs.append(organizationId, [event]);
}

const form = emulator.connectionConfig({
  workspaceIds: workspaceId,
  organizationId,
  complianceApiKey: compliance.apiKey,
  complianceApiKeys: { [workspaceId]: compliance.keys.create({ workspaceId }) },
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const answers = new Map<string, Answer>();
const recording: typeof globalThis.fetch = async (input, init) => {
  const response = await emulator.fetch(input, init);
  const body = new Uint8Array(await response.clone().arrayBuffer());
  const url = input instanceof Request ? input.url : String(input);
  const headers = Object.fromEntries(response.headers);
  answers.set(url, { status: response.status, headers, body });
  return response;
};
const options = { fetch: recording, clock, rateLimit: false } as const;
let counted = 0;
for await (const { usage } of connect(parseConnectionConfig(form), options).roster({ usage: { sources: ['cost'] } }))
  counted += usage?.cost?.rows ?? 0;

// With the other process, however that ends.
process.on('disconnect', () => process.exit());
const server = createServer((request, response) => {
  const answer = answers.get(`https:/${request.url}`);
  setTimeout(() => {
    response.writeHead(answer?.status ?? 404, answer?.headers);
    response.end(answer?.body);
  }, latencyMs);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, urls: [...answers.keys()], form, rows: counted, people } satisfies Recorded);
});
