import fc from 'fast-check';
import { expect } from 'vitest';
import { inRange, pageOf, rows, smallLogServer } from '../../audit-logs/support/small-log-server.js';
import { fakeServer } from '../../scim/support/fake-server.js';
import { openClient } from '../../scim/support/open-client.js';
import { attempt, canary, type FuzzTarget } from '../fuzz-target.js';
import { type Mutation, mutate, mutation } from '../hostile-values.js';

/** What is done to each of the first answers; those after them are right. */
const spoiling = fc.array(fc.array(mutation, { maxLength: 3 }), { maxLength: 5 });
const isSpoilt = (answers: readonly (readonly Mutation[])[]) => answers.some((mutations) => mutations.length > 0);

const users = Array.from({ length: 23 }, (_, index) => ({
  id: `id-${index}`,
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `person-${index}@north.example`,
  active: true,
}));

/** Pages of users: nobody comes twice, reading ends, and a server that only tells the truth is read whole. */
export const scimPages: FuzzTarget = {
  name: 'scim-pages',
  runs: 80,
  property: fc.asyncProperty(spoiling, fc.integer({ min: 1, max: 4 }), async (spoilt, prefetch) => {
    const server = fakeServer();
    let asked = 0;
    const told = new Set<string>();
    server.intercept = ({ query }) => {
      const start = Math.max(1, Number(query.get('startIndex') ?? 1));
      const Resources = users.slice(start - 1, start + 6);
      const page = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: users.length,
        startIndex: start,
        itemsPerPage: Resources.length,
        Resources,
      };
      const body = mutate(page, spoilt[asked] ?? []);
      asked += 1;
      // An id that came as a number is read as text.
      for (const id of idsIn(body)) told.add(String(id));
      return Response.json(body ?? null);
    };
    const { client } = openClient(server, { token: canary });
    const ids: string[] = [];
    const { error } = await attempt(async () => {
      for await (const { id } of client.users.iterate({ prefetch }, { maxRetries: 1 })) ids.push(id);
    });
    expect(new Set(ids).size, ids.join()).toBe(ids.length);
    expect(ids.filter((id) => !told.has(id))).toEqual([]);
    expect(asked).toBeLessThan(100);
    if (!isSpoilt(spoilt)) {
      expect(error).toBeUndefined();
      expect(ids).toEqual(users.map(({ id }) => id));
    }
  }),
};

const files = rows(7);

/** Lists of log files: no event comes twice, reading ends, and a service that only tells the truth is read whole. */
export const logLists: FuzzTarget = {
  name: 'log-lists',
  runs: 80,
  property: fc.asyncProperty(spoiling, async (spoilt) => {
    const { client, lists } = smallLogServer(
      (url, count) => mutate(pageOf(inRange(files, url), 3), spoilt[count - 1] ?? []) ?? null,
      undefined,
      { apiKey: canary },
    );
    const ids: string[] = [];
    const { error } = await attempt(async () => {
      for await (const { event_id: id } of client.events({ eventTypes: ['AUTH_LOG'] }, { maxRetries: 1 })) ids.push(id);
    });
    expect(new Set(ids).size, ids.join()).toBe(ids.length);
    expect(lists.length).toBeLessThan(100);
    if (!isSpoilt(spoilt)) {
      expect(error).toBeUndefined();
      expect(ids).toEqual(files.map(({ id }) => id));
    }
  }),
};

function idsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [...(key === 'id' ? [one] : []), ...idsIn(one)]);
}
