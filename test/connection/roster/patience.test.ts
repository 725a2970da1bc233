import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { createEmulator, fault } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';

test('a workspace whose logs ask for patience is not asked for its members meanwhile; another one is', async () => {
  const clock = createFakeClock(Date.UTC(2026, 10, 30));
  const emulator = createEmulator({ clock });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const isFirst = ({ url }: { readonly url: URL }) => url.pathname.includes(first);
  emulator.faults.add(fault.status(429, { retryAfter: 3 }), { when: isFirst });
  // No Admin keys, which ask another API for the members.
  const keyOf = (id: string) => emulator.compliance.keys.create({ keyClass: 'legacy_compliance', principalIds: [id] });
  const connection = connect(
    {
      complianceApiKeys: { [first]: keyOf(first), [second]: keyOf(second) },
      workspaceIds: [first, second],
      complianceBaseUrl: emulator.compliance.baseUrl,
    },
    { ...emulator.clientOptions, clock },
  );
  const times = connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
  await clock.advance(0);
  const people = connection.roster().toArray({ limit: 10_000 });
  await clock.advance(2_900);
  const asked = () => emulator.requests.list('GET /compliance/users').map(({ url }) => url.includes(first));
  expect(asked()).toEqual([false]);
  await clock.advance(200);
  await Promise.all([times, people]);
  expect(asked().toSorted()).toEqual([false, true]);
});
