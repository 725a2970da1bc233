import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdminClient } from '../../../src/admin/client.js';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { readRoster } from '../../../src/connection/roster/roster.js';
import { timesOf } from '../../support/scale.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';

const role = fc.constantFrom('account-owner', 'owner', 'standard-user', 'member', 'superuser', null);
const member = fc.record({ seat: fc.constantFrom('chatgpt', 'codex', 'new'), role, hasEmail: fc.boolean() });

/** A workspace whose Admin list is cut into pages of these sizes, in turn. */
function open(members: readonly { seat: string; role: string | null; hasEmail: boolean }[], sizes: readonly number[]) {
  const rows = members.map(({ seat, role: word, hasEmail }, number) => ({
    id: `user-${String(number).padStart(4, '0')}`,
    email: hasEmail ? `Person${number}@north.example` : null,
    role: word,
    seat_type: seat,
  }));
  let turn = 0;
  const fetch = async (input: RequestInfo | URL) => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : String(input));
    if (!pathname.startsWith('/v1/manage')) return new Response(null, { status: 500 });
    if (/\/(?:invites|service-accounts)$/.test(pathname)) return Response.json({ data: [], has_more: false });
    const after = searchParams.get('after');
    const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1;
    const data = rows.slice(start, start + (sizes[turn++ % sizes.length] ?? 1));
    return Response.json({ data, last_id: data.at(-1)?.id ?? null, has_more: start + data.length < rows.length });
  };
  const how = { fetch, apiKey: 'sk-admin-1', rateLimit: false, maxRetries: 0 } as const;
  const admin = new AdminClient({ ...how, workspaceIds: [workspaceId] });
  return readRoster({ workspaces: [{ workspaceId, transport: openComplianceTransport(how), admin }] });
}

test('however the Admin list is cut into pages, everyone is there once, with seat, and no unknown role is called no owner', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(member, { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      async (members, sizes) => {
        const found: unknown[] = [];
        for await (const { status, email, workspaces } of open(members, sizes)) {
          expect([status, workspaces.length]).toEqual(['active', 1]);
          const [account] = workspaces;
          found.push([account?.userId, email, account?.seatType, account?.role ?? null, account?.isOwner]);
        }
        const ownership: Readonly<Record<string, boolean>> = {
          'account-owner': true,
          owner: true,
          'standard-user': false,
          member: false,
        };
        expect(found).toEqual(
          members.map((one, number) => [
            `user-${String(number).padStart(4, '0')}`,
            one.hasEmail ? `person${number}@north.example` : undefined,
            one.seat,
            one.role,
            one.role === null ? undefined : ownership[one.role],
          ]),
        );
      },
    ),
    { numRuns: timesOf(100, 10_000) },
  );
});
