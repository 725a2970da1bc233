import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { listInvitations } from '../../../src/connection/roster/invitations.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { timesOf } from '../../support/scale.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';

function listFrom(answer: (query: URLSearchParams) => unknown) {
  let count = 0;
  const fetch = async (input: RequestInfo | URL) => {
    if (++count > 1_100) throw new Error('It asks for ever.');
    return Response.json(answer(new URL(input instanceof Request ? input.url : String(input)).searchParams));
  };
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const transport = openComplianceTransport({ fetch, clock, apiKey: 'key', rateLimit: false, maxRetries: 0 });
  return listInvitations(transport, workspaceId, {}).then((list) => ({ ...list, count }));
}

const json = fc.jsonValue({ maxDepth: 2 });
const word = fc.constantFrom('object', 'data', 'has_more', 'cursor', 'next_page', 'last_id', 'first_id', 'total');
const anyRow = fc.oneof(json, fc.dictionary(fc.constantFrom('id', 'email', 'email_address', 'status'), json));
const anyBody = fc.oneof(
  json,
  fc.array(anyRow, { maxLength: 5 }),
  fc
    .tuple(fc.dictionary(word, json), fc.option(fc.array(anyRow, { maxLength: 5 }), { nil: undefined }))
    .map(([rest, data]) => (data === undefined ? rest : { ...rest, data })),
);

test('whatever is answered, it ends, names nobody of its own making, and keeps each row as it was sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyBody, { minLength: 1, maxLength: 5 }), async (bodies) => {
      let turn = 0;
      const { invitations } = await listFrom(() => bodies[turn++ % bodies.length]);
      const sent = bodies.map((body) => JSON.stringify(body)).join('\n');
      for (const { email, raw } of invitations) {
        expect(email.trim()).not.toBe('');
        expect(Object.values(raw).some((value) => typeof value === 'string' && value.trim() === email)).toBe(true);
        expect(sent).toContain(JSON.stringify(raw));
      }
    }),
    { numRuns: timesOf(200, 20_000) },
  );
});

test('however a service of OpenAI’s pages them, all are found, and each once', async () => {
  const dialect = fc.constantFrom('after', 'cursor', 'page');
  await fc.assert(
    fc.asyncProperty(
      dialect,
      fc.nat(60),
      fc.integer({ min: 1, max: 13 }),
      fc.boolean(),
      async (by, total, size, says) => {
        const all = Array.from({ length: total }, (_none, n) => ({ id: `invite-${n}`, email: `p${n}@north.example` }));
        const { invitations, isWhole } = await listFrom((query) => {
          const given = query.get(by);
          const start = given === null ? 0 : by === 'after' ? Number(given.split('-')[1]) + 1 : Number(given);
          const data = all.slice(start, start + size);
          const hasMore = start + size < total;
          if (by === 'after') return { data, has_more: hasMore, last_id: data.at(-1)?.id };
          const name = by === 'cursor' ? 'cursor' : 'next_page';
          return { data, ...(says && { has_more: hasMore }), [name]: hasMore ? String(start + size) : null };
        });
        expect(isWhole).toBe(true);
        expect(invitations.map(({ email }) => email)).toEqual(all.map(({ email }) => email));
      },
    ),
    { numRuns: timesOf(100, 5_000) },
  );
});

test('a list whose pages lead in a circle is left soon, and names nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), async (cursors) => {
      // Each page leads wherever it likes.
      const { invitations, isWhole, count } = await listFrom((query) => {
        const at = Number(query.get('cursor') ?? 0);
        const cursor = cursors[at % cursors.length];
        return { data: [{ email: `p${at}@north.example` }], cursor: cursor === 0 ? null : String(cursor) };
      });
      expect(count).toBeLessThanOrEqual(8);
      expect(new Set(invitations.map(({ email }) => email)).size).toBe(invitations.length);
      if (!isWhole) expect(invitations).toEqual([]);
    }),
    { numRuns: timesOf(100, 5_000) },
  );
});
