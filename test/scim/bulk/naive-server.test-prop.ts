import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { answer, fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

/** What the server does at one of its bulk requests. */
interface Whim {
  /** At which operation it gives up, with which status for all of the request. */
  readonly refusesAt: number;
  readonly status: number;
  /** What it leaves out of its answer. */
  readonly hides: readonly boolean[];
  readonly hasBulkIds: boolean;
  readonly hasLocations: boolean;
  readonly isReversed: boolean;
}

const whims = fc.array(
  fc.record<Whim>({
    refusesAt: fc.nat({ max: 6 }),
    status: fc.constantFrom(400, 403, 404, 405, 409, 422, 429, 501, 500, 413),
    hides: fc.array(fc.boolean(), { maxLength: 3 }),
    hasBulkIds: fc.boolean(),
    hasLocations: fc.boolean(),
    isReversed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Carries out one operation after the other, on a server where two users may have one name. */
function whimsicalServer(whimsOfRequests: readonly Whim[]) {
  const server = fakeServer();
  let requests = 0;
  const create = (data: object) => {
    const stored = { ...data, id: `n${server.users.size + 1}` };
    server.users.set(stored.id, stored);
    return stored;
  };
  server.intercept = ({ method, path, body }) => {
    if (path === '/ServiceProviderConfig')
      return answer(200, { bulk: { supported: true, maxOperations: 4, maxPayloadSize: 1e6 } });
    if (method === 'POST' && path === '/Users') return answer(201, create(body as object));
    if (path !== '/Bulk') return undefined;
    const { Operations: operations } = body as { Operations: { bulkId: string; data: object }[] };
    if (operations.length === 0) return answer(200, { Operations: [] });
    const whim = whimsOfRequests[requests];
    requests += 1;
    const entries: object[] = [];
    for (const [index, { bulkId, data }] of operations.entries()) {
      if (whim?.refusesAt === index) return scimError(whim.status);
      const { id } = create(data);
      const isNamed = whim?.hasBulkIds !== false;
      const isPlaced = whim?.hasLocations !== false;
      if (whim?.hides[index] === true) continue;
      entries.push({
        method: 'POST',
        status: '201',
        ...(isNamed && { bulkId }),
        ...(isPlaced && { location: `https://scim.example/v2/key/Users/${id}` }),
      });
    }
    // What has no name comes in order, or nobody could tell.
    return answer(200, { Operations: whim?.isReversed && whim.hasBulkIds ? entries.reverse() : entries });
  };
  return server;
}

test('nobody is made twice or has the id of another, and what is said to be done or not is so', async () => {
  const property = fc.asyncProperty(whims, fc.integer({ min: 1, max: 8 }), async (whimsOfRequests, count) => {
    const server = whimsicalServer(whimsOfRequests);
    const names = Array.from({ length: count }, (_, index) => `u${index}@x.y`);
    const writes = names.map((userName): BulkWrite => ({ method: 'POST', path: '/Users', data: { userName } }));
    const results = await bulk(openClient(server, { profile: 'rfc' }).client, writes).catch(() => undefined);
    const made = [...server.users.values()].map(({ userName }) => userName);
    expect(new Set(made).size).toBe(made.length);
    if (results === undefined) expect(made).toEqual([]);
    for (const [index, { outcome, id }] of (results ?? []).entries()) {
      const name = names[index];
      if (outcome === 'succeeded') expect(made).toContain(name);
      if (outcome === 'not_attempted' || outcome === 'failed') expect(made).not.toContain(name);
      if (id !== undefined) expect(server.users.get(id)?.userName).toBe(name);
    }
  });
  await fc.assert(property, { numRuns: 150 });
});
