import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { exportLogs } from '../../src/export/export-logs.js';
import { memorySink } from '../../src/export/memory-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { workspace } from '../audit-logs/support/fake-log-source.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { timesOf } from '../support/scale.js';

const query = { eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' } as const;

/** Lets all else go on that can. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const record = (id: string, length: number) =>
  JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z', text: id.repeat(length) });

/** How one write goes: slowly, and then well, or not at all, or well although the store says that it failed. */
const writes = fc.record({
  turns: fc.integer({ min: 0, max: 12 }),
  ends: fc.constantFrom('well', 'well', 'well', 'failed', 'answer lost'),
});

test('however slow reading and writing are, and whatever write fails: each event is written once, in order, as it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(writes, { maxLength: 12 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 8 }),
      async (sizes, batchSize, courses, downloads) => {
        const lines = sizes.map((file, index) => file.map((length, line) => record(`e${index}-${line};`, length)));
        const { clock, fetch: answer } = openRawLog(lines.map((file) => file.join('\n')));
        const fetch: typeof globalThis.fetch = async (input, init) => {
          await turns(downloads.shift() ?? 0);
          return answer(input, init);
        };
        const client = new AuditLogClient({
          ...{ apiKey: 'sk-admin-1', workspaceIds: workspace.id, rateLimit: false, clock, fetch },
        });
        const store = memorySink();
        const decoder = new TextDecoder();
        let underWay = 0;
        const wrong: unknown[] = [];
        // What is thrown in a write would be a store that fails.
        const note = (check: () => void) => {
          try {
            check();
          } catch (error) {
            wrong.push(error);
          }
        };
        const sink: LogSink = {
          ...store,
          lease: async (key, ttlMs) => {
            const lease = await store.lease(key, ttlMs);
            return (
              lease && {
                ...lease,
                write: async (rows, checkpoint) => {
                  underWay += 1;
                  note(() => expect(underWay).toBe(1));
                  const course = courses.shift();
                  await turns(course?.turns ?? 3);
                  underWay -= 1;
                  if (course?.ends === 'failed') throw new Error('Nothing was written.');
                  const texts = rows.map(({ bytes }) => decoder.decode(bytes));
                  const asTheyCame = rows.map(({ eventId }) =>
                    lines.flat().find((one) => one.includes(`"${eventId}"`)),
                  );
                  note(() => expect([texts, rows.map(({ raw }) => raw)]).toEqual([asTheyCame, asTheyCame]));
                  const written = await lease.write(rows, checkpoint);
                  if (course?.ends === 'answer lost') throw new Error('It was written.');
                  return written;
                },
              }
            );
          },
        };
        for (let isDone = false; !isDone; ) {
          const before = store.events.length;
          const onProgress = ({ counts }: { readonly counts: { readonly written: number } }) =>
            expect(counts.written).toBe(store.events.length - before);
          const result = await exportLogs({ client, query, sink, batchSize, onProgress }).catch((error: unknown) => {
            expect(error).toHaveProperty('code', 'store_failed');
          });
          expect(underWay).toBe(0);
          // What was not committed is written by the next call, and nothing that was.
          expect(result?.counts.repeated ?? 0).toBe(0);
          isDone = result?.done === true;
        }
        expect(wrong).toEqual([]);
        expect(store.events.map(({ raw }) => raw)).toEqual(lines.flat());
      },
    ),
    { numRuns: timesOf(60, 5_000) },
  );
});
