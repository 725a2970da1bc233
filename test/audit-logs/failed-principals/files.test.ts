import { describe, expect, it } from 'vitest';
import { principalOf } from '../../../src/audit-logs/index.js';
import { rejection } from '../../support/open-test-transport.js';
import { first, noteFailures, openWorkspaces, second, third } from './support.js';

const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;

function openFilled() {
  const world = openWorkspaces();
  for (const id of [first, second, third]) for (const type of eventTypes) world.addFile(id, ['a'], type);
  return world;
}

const full = () => Promise.reject(new Error('The disk is full.'));

describe('files()', () => {
  it('lists those of the others, and tells of the one that failed', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    const { lines, onFailedPrincipal } = noteFailures();
    const files = await open().files({ eventTypes, onFailedPrincipal }).toArray();
    expect(files.map(({ principal }) => principal.id)).toEqual([first, first, third, third]);
    expect(lines).toEqual(['second AUTH_LOG AUDIT_LOG unauthorized']);
  });

  it('does so in pages, event type after event type', async () => {
    const { open, mend } = openFilled();
    mend(second, { scopes: ['chatgpt.enterprise.compliance_logs_platform.audit_log.read'] });
    const { lines, onFailedPrincipal } = noteFailures();
    const pages: string[] = [];
    for await (const { principal, eventType } of open().files({ eventTypes, onFailedPrincipal }).pages())
      pages.push(`${principal.id} ${eventType}`);
    expect(pages).toHaveLength(5);
    expect(lines).toEqual(['second AUTH_LOG forbidden']);
  });

  it('throws what failed first where all of them did, and what the function rejects with', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    expect(await rejection(open().files({ eventTypes, onFailedPrincipal: full }).toArray())).toMatchObject({
      message: 'The disk is full.',
    });
    for (const id of [first, third]) revoke(id);
    const { lines, onFailedPrincipal } = noteFailures();
    expect(await rejection(open().files({ eventTypes, onFailedPrincipal }).toArray())).toMatchObject({ status: 401 });
    expect(lines).toHaveLength(3);
  });

  it('ends by default', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    expect(await rejection(open().files({ eventTypes }).toArray())).toMatchObject({ status: 401 });
  });
});

describe('maxEventTime()', () => {
  it('answers for the others, and tells of the one that failed', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    const { lines, failures, onFailedPrincipal } = noteFailures();
    const times = await open().maxEventTime({ eventTypes, onFailedPrincipal });
    expect(times.map(({ principal }) => principal.id)).toEqual([first, third]);
    expect(lines).toEqual(['second AUTH_LOG AUDIT_LOG unauthorized']);
    expect(principalOf(failures[0]?.error)?.id).toBe(second);
  });

  it('throws what failed first where all of them did, what the function rejects with, and all by default', async () => {
    const { open, revoke } = openFilled();
    revoke(second);
    expect(await rejection(open().maxEventTime({ eventTypes }))).toMatchObject({ status: 401 });
    expect(await rejection(open().maxEventTime({ eventTypes, onFailedPrincipal: full }))).toMatchObject({
      message: 'The disk is full.',
    });
    for (const id of [first, third]) revoke(id);
    const { lines, onFailedPrincipal } = noteFailures();
    expect(await rejection(open().maxEventTime({ eventTypes, onFailedPrincipal }))).toMatchObject({ status: 401 });
    expect(lines).toHaveLength(3);
  });
});

it.each(['files', 'events', 'batches', 'follow', 'maxEventTime'] as const)(
  '%s() refuses what is neither a function nor "throw"',
  async (name) => {
    const { open } = openFilled();
    const client = open() as unknown as Record<string, (query: object) => unknown>;
    const call = async () => client[name]?.({ eventTypes, onFailedPrincipal: 'skip' });
    expect(await rejection(call())).toMatchObject({ name: 'InputError', path: ['onFailedPrincipal'] });
  },
);
