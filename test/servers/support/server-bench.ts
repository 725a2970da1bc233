import { ScimClient } from '../../../src/scim/client.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { type PlainResource, plainRequest, type ScimServer } from './scim-server.js';
import type { ServerTraits } from './server-traits.js';
import { type FaultProxy, startFaultProxy } from './start-fault-proxy.js';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const peopleCount = 57;

/** A server with users in it, and a client that reaches it through a proxy that can break things. */
export interface Bench {
  readonly server: ScimServer;
  readonly proxy: FaultProxy;
  /** Of the users there are. */
  readonly ids: readonly string[];
  readonly client: ScimClient<'provisioning' | 'deprovisioning'>;
  /** As the server holds them, whatever the client says. */
  usersNamed(userName: string): Promise<PlainResource[]>;
  /** Sorted. */
  membersOf(groupId: string): Promise<string[]>;
}

export async function openBench(start: () => Promise<ScimServer>, traits: ServerTraits): Promise<Bench> {
  const server = await start();
  const proxy = await startFaultProxy(new URL(server.baseUrl).origin);
  return {
    server,
    proxy,
    ids: await seedUsers(server, traits.pagesAreIgnored ? 20 : peopleCount),
    // Waits cost nothing: the clock moves on by what is waited for.
    client: new ScimClient({
      baseUrl: `${proxy.baseUrl}${new URL(server.baseUrl).pathname}`,
      token: server.token,
      access: { provisioning: true, deprovisioning: true },
      profile: traits.profile ?? 'rfc',
      dangerouslyAllowHttpLoopback: true,
      rateLimit: false,
      clock: createFakeClock(undefined, { autoAdvance: true }),
      random: () => 0.5,
    }),
    usersNamed: async (userName) => (await server.readState()).users.filter((user) => user.userName === userName),
    membersOf: async (groupId) =>
      ((await server.readState()).groups.find(({ id }) => id === groupId)?.members ?? [])
        .map(({ value }) => value)
        .sort(),
  };
}

export async function idsOf(resources: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of resources) ids.push(id);
  return ids;
}

export function person(userName: string) {
  return {
    userName,
    name: { givenName: 'Test', familyName: 'Person' },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
  };
}

export async function seedUsers(server: ScimServer, count: number, prefix = 'user'): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await seed(server, '/Users', { schemas: [userUrn], ...person(`${prefix}${index}@example.com`) }));
  }
  return ids;
}

export async function seedGroup(server: ScimServer, displayName: string, members: readonly string[]): Promise<string> {
  const group = { schemas: [groupUrn], displayName, members: members.map((value) => ({ value })) };
  return seed(server, '/Groups', group);
}

async function seed(server: ScimServer, path: string, resource: unknown): Promise<string> {
  const { status, body } = await plainRequest(server, 'POST', path, resource);
  if (status !== 201 || typeof body.id !== 'string') throw new Error(`Seeding ${path} was answered with ${status}`);
  return body.id;
}
