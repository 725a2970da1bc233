import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { eventTypes, FleetService, fleetBaseUrl, storageOrigin, windowMs } from './support/fleet-service.js';
import { SimulatedTime } from './support/simulated-time.js';

const startMs = Date.UTC(2026, 10, 1);

/** Two workspaces with the same files in the emulator and in the service of the simulated fleet. */
function openBoth(windows = 130) {
  const time = new SimulatedTime(startMs);
  const { clock } = time;
  const service = new FleetService({ workspaces: 2, startMs, windows, apiKey: 'sk-admin-fleet', clock });
  const emulator = createEmulator({
    clock,
    world: 'empty',
    compliance: { rateLimits: { requestsPerMinute: 100, downloadsPerMinute: 50 } },
  });
  const { workspaces, logs } = emulator.store;
  for (const [workspace, id] of service.workspaceIds.entries()) {
    workspaces.add({ id, name: id, organizationId: 'org-fleet' });
    for (const [type, eventType] of eventTypes.entries()) {
      for (let number = 0; number < windows; number += 1) {
        const file = service.fileOf(workspace, type, number);
        const fileId = `eclf_${workspace}_${type}_${number}`;
        logs.addFile(id, { id: fileId, eventType, endTime: file.endTime, body: service.bodyOf(file) });
      }
    }
  }
  const ask = async (path: string, key = true) => {
    const asked = await emulator.fetch(`${emulator.compliance.baseUrl}${path}`, {
      redirect: 'manual',
      headers: key ? { authorization: `Bearer ${emulator.compliance.apiKey}` } : {},
    });
    const own = service.answer(new URL(`${fleetBaseUrl}${path}`), key ? 'Bearer sk-admin-fleet' : null);
    return [await said(asked), await said(own)] as const;
  };
  const moveTo = (ms: number) => {
    while (time.nowMs < ms) time.moveOn(ms);
  };
  return { service, emulator, ask, moveTo };
}

async function said(response: Response) {
  const { status, headers } = response;
  const location = headers.get('location');
  const body = status === 200 ? await response.json() : undefined;
  return { status, body, isElsewhere: location !== null, retryAfter: headers.get('retry-after') };
}

test('a list answers as the emulator does, at any time, from any time on', async () => {
  const { service, ask, moveTo } = openBoth();
  let compared = 0;
  for (const hours of [0, 1, 5, 20, 22]) {
    moveTo(startMs + hours * 3_600_000 + 1_800_000);
    for (const [workspace, id] of service.workspaceIds.entries()) {
      for (const [type, eventType] of eventTypes.entries()) {
        const some = service.fileOf(workspace, type, hours * 4).endTime;
        const startsMs = [startMs, startMs + hours * 3_600_000, startMs - 3_600_000, startMs + 3 * windowMs - 1];
        for (const after of [...startsMs.map((ms) => new Date(ms).toISOString()), some, '2025-01-01T00:00:00Z']) {
          const path = `/compliance/workspaces/${id}/logs?event_type=${eventType}&after=${after}&limit=100`;
          const [emulated, own] = await ask(path);
          // What is late is the service's own doing.
          const late = (file: { id: string }) => {
            const [, , , number] = file.id.split('_').map(Number);
            const { endMs, listedAtMs } = service.fileOf(workspace, type, number ?? 0);
            return listedAtMs > endMs;
          };
          if (emulated.body.data.some(late)) continue;
          expect(own).toEqual(emulated);
          compared += 1;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(100);
});

test('a download, a wrong key, an unknown workspace and one request too many end as they do in the emulator', async () => {
  const { service, ask, moveTo } = openBoth(12);
  moveTo(startMs + 3 * 3_600_000);
  const [id, other] = service.workspaceIds;
  const list = `/compliance/workspaces/${id}/logs?event_type=AUTH_LOG&after=2026-11-01T00:00:00Z&limit=100`;
  for (const path of [
    `/compliance/workspaces/${id}/logs/eclf_0_0_3`,
    `/compliance/workspaces/${other}/logs/eclf_0_0_3`,
    `/compliance/workspaces/${id}/logs/eclf_0_0_77`,
  ]) {
    const [emulated, own] = await ask(path);
    expect(own).toEqual(emulated);
  }
  for (const [path, most] of [
    [list, 100],
    [`/compliance/workspaces/${id}/logs/eclf_0_1_1`, 50],
  ] as const) {
    for (let count = 0; count <= most; count += 1) {
      const [emulated, own] = await ask(path);
      expect(own).toEqual(emulated);
      if (count === most) expect(own.status).toBe(429);
    }
  }
  expect(service.answer(new URL(`${fleetBaseUrl}${list}`), 'Bearer sk-another').status).toBe(403);
  const file = new URL(`${storageOrigin}/eclf_0_0_3.jsonl?expires=${startMs + 3 * 3_600_000}`);
  expect(await service.answer(file, null).text()).toBe(service.bodyOf(service.fileOf(0, 0, 3)));
  expect(service.answer(file, 'Bearer sk-admin-fleet').status).toBe(400);
});
