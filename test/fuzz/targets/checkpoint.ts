import { CheckpointError } from 'chatgpt-enterprise-sdk';
import type { AuditLogCheckpoint } from 'chatgpt-enterprise-sdk/audit-logs';
import fc from 'fast-check';
import { expect } from 'vitest';
import { readCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { hashFileId, packFiles } from '../../../src/audit-logs/reading/completed-files.js';
import { timeAt, workspace } from '../../audit-logs/support/fake-log-source.js';
import { inRange, pageOf, rows, smallLogServer } from '../../audit-logs/support/small-log-server.js';
import { attempt, expectPlain, type FuzzTarget } from '../fuzz-target.js';
import { mutate, mutation } from '../hostile-values.js';

const files = rows(6);
const whole = {
  version: 1,
  partitions: [
    {
      principal: workspace,
      eventType: 'AUTH_LOG',
      after: timeAt(10),
      completedFiles: packFiles([{ hash: hashFileId('f0'), endTime: timeAt(10) }]).packed,
      current: { file: files[2], line: 1, byteOffset: 0 },
      gaps: [{ file: files[1], code: 'hash_mismatch', start: { line: 1, byteOffset: 0 } }],
      caughtUpAt: '2026-11-01T12:00:00Z',
      seen: ['AAAAAAAAAAA='],
    },
  ],
};

/** What comes back from a store: refused, or read on from to the end, with nothing delivered twice. */
export const checkpoint: FuzzTarget = {
  name: 'checkpoint',
  runs: 100,
  property: fc.asyncProperty(fc.array(mutation, { maxLength: 4 }), async (mutations) => {
    const stored = mutate(whole, mutations);
    const { value: read, error } = await attempt(() => readCheckpoint(stored));
    if (read === undefined) expect(error).toBeInstanceOf(CheckpointError);
    else {
      expectPlain(read);
      expect(readCheckpoint(JSON.parse(JSON.stringify(read)))).toEqual(read);
    }
    const { client, lists } = smallLogServer((url) => pageOf(inRange(files, url), 2));
    const ids: string[] = [];
    const { error: ended } = await attempt(async () => {
      // As it comes out of the store, whatever that is.
      const resumeFrom = stored as AuditLogCheckpoint;
      for await (const { event_id: id } of client.events({ eventTypes: ['AUTH_LOG'], resumeFrom })) ids.push(id);
    });
    expect(new Set(ids).size, ids.join()).toBe(ids.length);
    expect(lists.length).toBeLessThan(50);
    if (mutations.length === 0) {
      expect(ended).toBeUndefined();
      expect(ids.sort()).toEqual(['f1', 'f2', 'f3', 'f4', 'f5']);
    }
  }),
};
