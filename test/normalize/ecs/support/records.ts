import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NormalizableEvent } from '../../../../src/normalize/event.js';

const folder = join(import.meta.dirname, '../../../fixtures/events');

/** A record as somebody might have parsed it; nothing of it is promised. */
export function recordOf(fields: Readonly<Record<string, unknown>>): NormalizableEvent {
  // What a server may send is wider than the types say.
  return fields as unknown as NormalizableEvent;
}

/** Six records or more of every type of the Compliance Logs Platform. */
export const fixtures: readonly Readonly<Record<string, unknown>>[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

const adaActs = {
  principal: { id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11', type: 'CHATGPT_WORKSPACE' },
  actor: { type: 'ACCOUNT_USER', user_id: 'user-Kp1', user_email: 'ada@north.example' },
};

/** An event of the type, by Ada. */
export function eventOf(type: string, fields: Readonly<Record<string, unknown>>): NormalizableEvent {
  return recordOf({ event_id: 'a3c5', type, timestamp: '2026-08-08T06:58:12.004519Z', ...adaActs, ...fields });
}

export const platformRecord = {
  id: 'audit_log-8c1d',
  type: 'invite.sent',
  effective_at: 1_795_000_020,
  project: { id: 'proj_def', name: 'Default' },
  actor: {
    type: 'session',
    session: {
      user: { id: 'user-77', email: 'lee@north.example' },
      ip_address: '203.0.113.9',
      user_agent: 'Mozilla/5.0',
      ja3: 'f90ffded875933863a95a1a84285c922',
      ip_address_details: { country: 'DE', city: 'Berlin', asn: '15502', latitude: '52.52', longitude: '13.40' },
    },
  },
  'invite.sent': { id: 'inv_9', data: { email: 'ola@north.example', role: 'reader' } },
};
