import { describe, expect, it } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { listInvitations } from '../../../src/connection/roster/invitations.js';
import { readRoster } from '../../../src/connection/roster/roster.js';
import { listWorkspaceUsers } from '../../../src/connection/roster/workspace-users.js';
import type { ScimClient } from '../../../src/scim/client.js';
import { createFakeClock } from '../../support/fake-clock.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';
const row = (name: string | number, note = '') => ({ id: `invite-${name}`, email: `p${name}@north.example`, note });

/** What a service answers, page by page: the body of the page, or where it has no more of them, an end without rows. */
type Pages = (page: number) => object;

function transportOf(pages: Pages) {
  const state = { asked: 0 };
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const fetch = async () => Response.json(pages(++state.asked));
  const how = { fetch, clock, apiKey: 'key', rateLimit: false, maxRetries: 0, maxResponseBytes: 100_000_000 } as const;
  return { state, transport: openComplianceTransport(how) };
}

/** Pages of which the last one says that there is no more. */
const until =
  (last: number, rows: (page: number) => readonly object[]): Pages =>
  (page) => ({ data: rows(page), has_more: page < last, cursor: page < last ? `x${page}` : null });

async function invited(pages: Pages) {
  const { state, transport } = transportOf(pages);
  const { invitations, isWhole } = await listInvitations(transport, workspaceId, {});
  return { read: invitations.length, isWhole, asked: state.asked };
}

describe('a list of invitations is read up to', () => {
  it('a thousand pages', async () => {
    const lastly = (last: number) => until(last, (page) => [row(page)]);
    expect(await invited(lastly(1_000))).toEqual({ read: 1_000, isWhole: true, asked: 1_000 });
    expect(await invited(lastly(1_001))).toEqual({ read: 0, isWhole: false, asked: 1_000 });
  });

  it('a hundred thousand invitations, unless they are all', async () => {
    const thousand = (page: number) => Array.from({ length: 1_000 }, (_none, index) => row(`${page}-${index}`));
    const oneLess = (page: number) => (page === 100 ? thousand(page).slice(1) : thousand(page));
    expect(await invited(until(100, thousand))).toEqual({ read: 100_000, isWhole: true, asked: 100 });
    expect(await invited(until(101, thousand))).toEqual({ read: 0, isWhole: false, asked: 100 });
    const more = until(101, (page) => (page > 100 ? [row('last')] : oneLess(page)));
    expect(await invited(more)).toEqual({ read: 100_000, isWhole: true, asked: 101 });
  });

  it('ten empty pages in a row', async () => {
    const emptyUpTo = (last: number) => until(last + 1, (page) => (page <= last ? [] : [row('a')]));
    expect(await invited(emptyUpTo(10))).toEqual({ read: 1, isWhole: true, asked: 11 });
    expect(await invited(emptyUpTo(11))).toEqual({ read: 0, isWhole: false, asked: 11 });
  });

  it('forty million characters of rows, as JSON', async () => {
    const size = 1_000_000;
    const sized = (page: number, characters: number) =>
      row(page, 'x'.repeat(characters - JSON.stringify(row(page)).length));
    const inAll = (characters: number) => until(40, (page) => [sized(page, page < 40 ? size : characters - 39 * size)]);
    expect(await invited(inAll(40_000_000))).toEqual({ read: 40, isWhole: true, asked: 40 });
    expect(await invited(inAll(40_000_001))).toEqual({ read: 0, isWhole: false, asked: 40 });
  });
});

describe('a list of members of the Compliance API is read up to', () => {
  const member = (id: string | number) => ({ id: `user-${id}` });

  async function members(pages: Pages) {
    const { state, transport } = transportOf(pages);
    let read = 0;
    let failed: unknown;
    try {
      for await (const page of listWorkspaceUsers(transport, workspaceId, {})) read += page.length;
    } catch (error) {
      failed = error;
    }
    return { read, asked: state.asked, isWhole: failed === undefined };
  }

  const lastly =
    (last: number, rows: (page: number) => readonly object[]): Pages =>
    (page) => ({ data: rows(page), has_more: page < last, last_id: `user-${page}` });

  it('ten thousand pages', { timeout: 120_000 }, async () => {
    const one = (page: number) => [member(page)];
    expect(await members(lastly(10_000, one))).toEqual({ read: 10_000, asked: 10_000, isWhole: true });
    // That one more is too many, `list-members.test.ts` shows.
  });

  it('ten pages in a row that bring nobody new', async () => {
    const known = Array.from({ length: 20 }, (_none, number) => member(number + 2));
    const nobodyUpTo =
      (last: number): Pages =>
      (page) => {
        const rows = page === 1 ? known : [member(page > last ? 'new' : page)];
        return { data: rows, has_more: page <= last, last_id: rows.at(-1)?.id };
      };
    expect(await members(nobodyUpTo(11))).toEqual({ read: 31, asked: 12, isWhole: true });
    expect(await members(nobodyUpTo(12))).toEqual({ read: 31, asked: 12, isWhole: false });
  });
});

describe('while the members of a workspace are read, of the directory', () => {
  it('ten thousand users are read ahead, and no more', async () => {
    const state = { pages: 0 };
    async function* pages() {
      for (; state.pages < 5; ) {
        state.pages++;
        const users = state.pages === 1 ? 9_999 : 1;
        yield { items: Array.from({ length: users }, (_none, index) => ({ id: `${state.pages}-${index}` })) };
      }
    }
    // All that the roster asks of it.
    const scim = { users: { iterate: () => ({ pages }) } } as unknown as ScimClient;
    const stop = new AbortController();
    // No workspace ever answers.
    const fetch = () => new Promise<Response>(() => {});
    const transport = openComplianceTransport({ fetch, apiKey: 'key', rateLimit: false, maxRetries: 0 });
    const sources = { scim, workspaces: [{ workspaceId, transport }] };
    const first = readRoster(sources, { groups: false }, { signal: stop.signal }).next();
    for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
    expect(state.pages).toBe(2);
    stop.abort('enough');
    await expect(first).rejects.toBe('enough');
  });
});
