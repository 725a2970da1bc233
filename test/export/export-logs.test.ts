import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { ExportError } from '../../src/errors/export-error.js';
import type { EventRow } from '../../src/export/event-row.js';
import { exportLogs } from '../../src/export/export-logs.js';
import type { ExportOptions } from '../../src/export/export-options.js';
import { memorySink } from '../../src/export/memory-sink.js';
import { ndjsonSink } from '../../src/export/ndjson-sink.js';
import { objectSink } from '../../src/export/object-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { timeAt, workspace } from '../audit-logs/support/fake-log-source.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { createFakeClock } from '../support/fake-clock.js';
import { ObjectServer } from './support/object-server.js';

const record = (id: string, rest: object = {}) =>
  JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z', ...rest });

const files = (count: number, each = 3) =>
  Array.from({ length: count }, (_none, file) =>
    Array.from({ length: each }, (_line, line) => record(`e${file}-${line}`)).join('\n'),
  );

const query = { eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' } as const;

type Given = Omit<ExportOptions<{ workspaceIds: string }, 'AUTH_LOG'>, 'client' | 'query' | 'sink'>;

function open(bodies: readonly string[] = files(4)) {
  const { client } = openRawLog(bodies);
  const sink = memorySink();
  const ids = () => sink.events.map(({ eventId }) => eventId);
  const run = (options: Given = {}, into: LogSink = sink) => exportLogs({ client, query, sink: into, ...options });
  return { client, sink, ids, run };
}

/** Each workspace has the same file, with a record without an id. */
function openTwo(workspaceIds: readonly string[]) {
  const { fetch, clock } = openRawLog(['{"type":"AUTH_LOG"}']);
  const client = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds, rateLimit: false, clock, fetch });
  return { client, sink: memorySink() };
}

/** A sink over another one, some of whose lease is done otherwise. */
function over(sink: LogSink, change: (lease: SinkLease) => Partial<SinkLease>): LogSink {
  return {
    ...sink,
    lease: async (key, ttlMs) => {
      const lease = await sink.lease(key, ttlMs);
      return lease && { ...lease, ...change(lease) };
    },
  };
}

describe('exportLogs', () => {
  test('writes every event once, with what was read, and is done', async () => {
    const { run, ids, sink } = open();
    const result = await run({ batchSize: 5 });
    expect(ids()).toEqual([
      'e0-0',
      'e0-1',
      'e0-2',
      'e1-0',
      'e1-1',
      'e1-2',
      'e2-0',
      'e2-1',
      'e2-2',
      'e3-0',
      'e3-1',
      'e3-2',
    ]);
    expect(result).toMatchObject({ done: true, held: [], counts: { written: 12, repeated: 0, files: 4, gaps: 0 } });
    expect(sink.events[0]?.raw).toBe(record('e0-0'));
    expect(result.lag.completeUntil).toMatchObject([{ principal: workspace, eventType: 'AUTH_LOG' }]);
    expect(result.lag.ms).toBeGreaterThanOrEqual(0);
  });

  test('keeps a workspace under its id in files and objects, as they say', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'export-logs-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const { run } = open();
    await run({}, ndjsonSink(directory));
    const byFile = open([record('a')]);
    await byFile.run({}, ndjsonSink(join(directory, 'by-file'), { layout: 'file' }));
    const paths = await readdir(directory, { recursive: true });
    const logs = paths.filter((path) => path.endsWith('.ndjson')).sort();
    expect(logs).toEqual([
      `${workspace.id}/AUTH_LOG/2026-11-01.ndjson`,
      expect.stringMatching(`^by-file/${workspace.id}/AUTH_LOG/[^/%]+\\.ndjson$`),
    ]);
    const server = new ObjectServer();
    await open().run({}, objectSink(server.asStore(), { prefix: 'logs/' }));
    const keys = [...new Set(server.requests.map((request) => request.split(' ')[1]))].sort();
    expect(keys).toEqual([
      expect.stringMatching(`^logs/data/${workspace.id}/AUTH_LOG/2026-11-01/[^/%]+\\.ndjson$`),
      `logs/state/${workspace.id}.json`,
    ]);
  });

  test('goes on where the store ends, and then has nothing to write', async () => {
    const { run, ids } = open();
    expect(await run({ batchSize: 2, budget: { maxEvents: 4 } })).toMatchObject({
      done: false,
      counts: { written: 4 },
    });
    expect(ids()).toHaveLength(4);
    expect(await run()).toMatchObject({ done: true, counts: { written: 8, repeated: 0 } });
    expect(await run()).toMatchObject({ done: true, counts: { written: 0, repeated: 0, files: 0 } });
    expect(new Set(ids()).size).toBe(12);
  });

  test('tells of a log that another process exports, and reads nothing of it', async () => {
    const { run, sink } = open();
    const lease = await sink.lease(`workspace:${workspace.id}`, 60_000);
    expect(await run()).toMatchObject({
      done: false,
      held: [workspace],
      counts: { written: 0 },
      lag: { ms: undefined },
    });
    await lease?.release();
    expect(await run()).toMatchObject({ done: true, held: [] });
  });

  test('stops when another has taken the lease: nothing of it is written', async () => {
    const { run, sink, ids } = open();
    let fence = 0;
    const late = over(sink, (lease) => {
      fence = lease.fence;
      return {
        write: async (...batch) => {
          await lease.release();
          await sink.lease(lease.key, 60_000);
          return lease.write(...batch);
        },
      };
    });
    await expect(run({}, late)).rejects.toMatchObject({ name: 'ExportError', code: 'lease_lost' });
    expect(fence).toBe(1);
    expect(ids()).toEqual([]);
  });

  test('writes a batch while the next one is read', async () => {
    const { clock, fetch } = openRawLog(files(3));
    let downloads = 0;
    const counting: typeof globalThis.fetch = (input, init) => {
      if (String(input instanceof Request ? input.url : input).includes('storage')) downloads += 1;
      return fetch(input, init);
    };
    const workspaceIds = workspace.id;
    const client = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds, rateLimit: false, clock, fetch: counting });
    const sink = memorySink();
    const read: string[][] = [];
    const slow = over(sink, (lease) => ({
      write: async (rows, checkpoint) => {
        // The first is done once the second file has come, and all of its bytes are still its own.
        if (read.length === 0) await vi.waitFor(() => expect(downloads).toBeGreaterThan(1));
        read.push(rows.map(({ bytes }) => new TextDecoder().decode(bytes)));
        return lease.write(rows, checkpoint);
      },
    }));
    await exportLogs({ client, query: { ...query, concurrency: 1 }, sink: slow, batchSize: 3 });
    expect(read.flat()).toEqual(files(3).flatMap((file) => file.split('\n')));
  });

  describe('while a batch is written and the next one is read', () => {
    /** The second of three files does not come before `answer` lets it. */
    function openSilent(answer: (signal: AbortSignal | undefined) => Promise<Response | undefined>) {
      const { clock, fetch } = openRawLog(files(3));
      const asked = vi.fn();
      const silent: typeof globalThis.fetch = async (input, init) => {
        const isRequest = input instanceof Request;
        if (!(isRequest ? input.url : String(input)).endsWith('/storage/f1')) return fetch(input, init);
        asked();
        return (await answer(init?.signal ?? (isRequest ? input.signal : undefined))) ?? fetch(input, init);
      };
      const client = new AuditLogClient({
        ...{ apiKey: 'sk-admin-1', workspaceIds: workspace.id, rateLimit: false, clock, fetch: silent, maxRetries: 0 },
      });
      const sink = memorySink();
      const run = (into: LogSink, options: Given = {}) =>
        exportLogs({ client, query: { ...query, concurrency: 1 }, sink: into, batchSize: 3, ...options });
      const isAsked = () => vi.waitFor(() => expect(asked).toHaveBeenCalled(), { timeout: 60_000 });
      return { clock, sink, run, isAsked };
    }
    const never = (signal: AbortSignal | undefined) =>
      new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

    test('a write that fails ends the reading at once, however long the server is silent', async () => {
      let isSilent = true;
      const left = vi.fn();
      const { sink, run, isAsked } = openSilent(async (signal) => {
        signal?.addEventListener('abort', left);
        return isSilent ? never(signal) : undefined;
      });
      const broken = over(sink, () => ({
        write: async () => {
          await isAsked();
          throw Object.assign(new Error(), { code: 'EIO' });
        },
      }));
      await expect(run(broken)).rejects.toMatchObject({ code: 'store_failed', storeCode: 'EIO' });
      expect(left).toHaveBeenCalledTimes(1);
      isSilent = false;
      expect(await run(sink)).toMatchObject({ done: true, held: [], counts: { written: 9, repeated: 0 } });
    });

    test('a function that throws what it is told ends the reading at once too', async () => {
      const { sink, run, isAsked } = openSilent(never);
      const onProgress = async () => {
        await isAsked();
        throw new Error('enough');
      };
      await expect(run(sink, { onProgress })).rejects.toThrow('enough');
      expect(sink.events).toHaveLength(3);
    });

    test('a lease that is lost ends both, and nothing of either is written', async () => {
      const { clock, sink, run, isAsked } = openSilent(never);
      const lost = over(sink, ({ key }) => ({
        renew: async () => Promise.reject(new ExportError('lease_lost', `The lease of ${key} is lost.`)),
      }));
      const exported = run(lost);
      exported.catch(() => {});
      await isAsked();
      await clock.advance(20_000);
      await expect(exported).rejects.toMatchObject({ code: 'lease_lost' });
      // What was read before is written; the rest was never read.
      expect(sink.events).toHaveLength(3);
    });

    test('an abort ends both, and what then becomes of the write is told to nobody', async () => {
      let isSilent = true;
      const { sink, run, isAsked } = openSilent(async (signal) => (isSilent ? never(signal) : undefined));
      const stop = new AbortController();
      const reason = new Error('stop');
      for (const end of ['late', 'failed']) {
        let answer = () => {};
        const answered = new Promise<void>((resolve) => {
          answer = resolve;
        });
        const slow = over(sink, (lease) => ({
          write: async (...batch) => {
            await answered;
            if (end === 'failed') throw new Error('The store is gone.');
            return lease.write(...batch);
          },
        }));
        const stopped = run(slow, { signal: stop.signal });
        stopped.catch(() => {});
        if (!stop.signal.aborted) {
          await isAsked();
          stop.abort(reason);
        }
        await expect(stopped).rejects.toBe(reason);
        answer();
        await new Promise((resolve) => setImmediate(resolve));
        expect(sink.events).toEqual([]);
      }
      isSilent = false;
      expect(await run(sink)).toMatchObject({ done: true, counts: { written: 9, repeated: 0 } });
    });

    test('a time that is up while the server is silent ends the reading, and not the log', async () => {
      let isSilent = true;
      const { clock, sink, run, isAsked } = openSilent(async (signal) => (isSilent ? never(signal) : undefined));
      const exported = run(sink, { budget: { maxMs: 5_000 } });
      await isAsked();
      await vi.waitFor(() => expect(sink.events).toHaveLength(3), { timeout: 60_000 });
      await clock.advance(5_000);
      expect(await exported).toMatchObject({ done: false, budgetSpent: true, counts: { written: 3 } });
      isSilent = false;
      expect(await run(sink)).toMatchObject({ done: true, budgetSpent: false, counts: { written: 6, repeated: 0 } });
    });

    test('a file that fails ends it once what was read before is written', async () => {
      let hasFailed = false;
      const { sink, run, isAsked } = openSilent(async () => {
        hasFailed = true;
        return new Response(null, { status: 403 });
      });
      const slow = over(sink, (lease) => ({
        write: async (...batch) => {
          await isAsked();
          for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          return lease.write(...batch);
        },
      }));
      await expect(run(slow)).rejects.toMatchObject({ name: 'AuditLogFileError' });
      expect([hasFailed, sink.events.length]).toEqual([true, 3]);
    });
  });

  test('a sink that keeps rows for later is told so, and never reads the text of other events', async () => {
    const { run, sink } = open();
    const kept: EventRow[] = [];
    const late = over(sink, (lease) => ({
      write: async (rows, checkpoint) => {
        kept.push(...rows);
        return { ...(await lease.write([], checkpoint)), added: rows.length };
      },
    }));
    await run({ batchSize: 3 }, late);
    const read = kept.map((row) => {
      try {
        return row.raw;
      } catch (error) {
        return error;
      }
    });
    const texts = files(4).flatMap((file) => file.split('\n'));
    for (const [index, one] of read.entries())
      if (index < 6) expect(one).toMatchObject({ name: 'InputError', path: ['rows', 'raw'] });
      else expect(one).toBe(texts[index]);
  });

  test('says that the store failed, with its code and not its words, and goes on the next time', async () => {
    const { run, sink, ids } = open();
    let isBroken = true;
    const broken = over(sink, (lease) => ({
      write: async (...batch) => {
        if (isBroken && ids().length > 0)
          throw Object.assign(new Error(`row of mira@north.example`), { code: 'ENOSPC' });
        return lease.write(...batch);
      },
    }));
    const failure = await run({ batchSize: 5 }, broken).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'store_failed', storeCode: 'ENOSPC' });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('mira');
    expect(ids()).toHaveLength(5);
    isBroken = false;
    expect(await run({}, broken)).toMatchObject({ done: true, counts: { written: 7 } });
  });

  test('tells how far it is, and a function that throws ends the work, with what was written kept', async () => {
    const { run, ids } = open();
    const told: number[] = [];
    await expect(
      run({
        batchSize: 4,
        onProgress: ({ counts }) => {
          told.push(counts.written);
          if (told.length === 2) throw new Error('enough');
        },
      }),
    ).rejects.toThrow('enough');
    expect(told).toEqual([4, 8]);
    expect(ids()).toHaveLength(8);
    expect(await run()).toMatchObject({ done: true, counts: { written: 4, repeated: 0 } });
  });

  test('ends with the reason of its signal, and gives the lease back', async () => {
    const { run } = open();
    const stop = new AbortController();
    const reason = new Error('stop');
    const stopped = run({ batchSize: 1, signal: stop.signal, onProgress: () => stop.abort(reason) });
    await expect(stopped).rejects.toBe(reason);
    expect(await run()).toMatchObject({ done: true, held: [] });
  });

  test('keeps a record without an id by its place', async () => {
    const { run, ids } = open(['{"type":"AUTH_LOG","n":1}\n{"type":"AUTH_LOG","n":2}\n']);
    await run();
    await run();
    expect(ids()).toEqual([`workspace:${workspace.id}/f0#0`, `workspace:${workspace.id}/f0#26`]);
  });

  describe('what is left out', () => {
    const lacking = (isLacking: (url: URL) => boolean, ids: string | readonly string[] = workspace.id) => {
      const service = openRawLog(files(3));
      const client = new AuditLogClient({
        ...{ apiKey: 'sk-admin-1', workspaceIds: ids, rateLimit: false, clock: service.clock, maxRetries: 0 },
        fetch: async (input, init) => {
          const url = new URL(input instanceof Request ? input.url : String(input));
          return isLacking(url) ? Response.json({}, { status: 403 }) : service.fetch(input, init);
        },
      });
      const sink = memorySink();
      const tell = vi.fn();
      return { client, sink, tell };
    };
    const other = '00000000-0000-4000-8000-000000000009';

    test('keeps it from being done: a file, and up to when the store is complete', async () => {
      let isMended = false;
      const { client, sink, tell } = lacking((url) => !isMended && url.pathname.endsWith('/storage/f1'));
      const run = () => exportLogs({ client, sink, query: { ...query, onFailedFile: tell } });
      for (const gaps of [1, 1]) {
        const result = await run();
        expect(result).toMatchObject({ done: false, budgetSpent: false, counts: { gaps } });
        expect(result.lag.completeUntil.map(({ time }) => time)).toEqual([timeAt(20)]);
      }
      isMended = true;
      const result = await run();
      expect(result).toMatchObject({ done: true, counts: { written: 3, gaps: 0 } });
      expect(result.lag.completeUntil[0]?.time).not.toBe(timeAt(20));
    });

    test('keeps it from being done: an event type', async () => {
      const { client, sink, tell } = lacking((url) => url.searchParams.get('event_type') === 'AUDIT_LOG');
      const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;
      const result = await exportLogs({ client, sink, query: { ...query, eventTypes, onFailedPrincipal: tell } });
      expect(result).toMatchObject({ done: false, budgetSpent: false, counts: { written: 9 } });
      expect(tell).toHaveBeenCalledTimes(1);
    });

    test('keeps it from being done: a workspace, and the others are exported', async () => {
      const { client, sink, tell } = lacking((url) => url.pathname.includes(other), [other, workspace.id]);
      const result = await exportLogs({ client, sink, query: { ...query, onFailedPrincipal: tell } });
      expect(result).toMatchObject({ done: false, held: [], counts: { written: 9 } });
      expect(tell.mock.calls).toMatchObject([[{ principal: { id: other }, error: { status: 403 } }]]);
      expect(await sink.lease(`workspace:${other}`, 1_000)).toBeDefined();
    });

    test('ends it where a function throws what it is told, where none is given, and where everything fails', async () => {
      const some = lacking((url) => url.pathname.includes(other), [other, workspace.id]);
      const onFailedPrincipal = ({ error }: { readonly error: Error }) => {
        throw error;
      };
      for (const given of [{ onFailedPrincipal }, {}])
        await expect(
          exportLogs({ client: some.client, sink: some.sink, query: { ...query, ...given } }),
        ).rejects.toMatchObject({ status: 403 });
      expect(some.sink.events).toEqual([]);
      const all = lacking(() => true, [other, workspace.id]);
      await expect(
        exportLogs({ client: all.client, sink: all.sink, query: { ...query, onFailedPrincipal: all.tell } }),
      ).rejects.toMatchObject({ status: 403 });
      expect(all.tell).toHaveBeenCalledTimes(2);
    });
  });

  test('writes what came before the time was up, however slow the next file is', async () => {
    const clock = createFakeClock(Date.UTC(2026, 10, 2));
    const service = openRawLog(files(3));
    const client = new AuditLogClient({
      apiKey: 'sk-admin-1',
      workspaceIds: workspace.id,
      rateLimit: false,
      clock,
      fetch: async (input, init) => {
        const isBody = String(input instanceof Request ? input.url : input).includes('/storage/');
        if (isBody) await clock.sleep(400, init?.signal ?? undefined);
        return service.fetch(input, init);
      },
    });
    const sink = memorySink();
    for (let call = 1; call <= 3; call += 1) {
      const exported = exportLogs({ client, query: { ...query, concurrency: 1 }, sink, budget: { maxMs: 500 } });
      await clock.advance(500);
      expect(await exported).toMatchObject({ done: call === 3, counts: { written: 3, repeated: 0 } });
      expect(clock.pending).toBe(0);
    }
    expect(sink.events).toHaveLength(9);
  });

  test('keeps records without an id apart, where files of two workspaces are named alike', async () => {
    const other = '00000000-0000-4000-8000-00000000000A';
    const { client, sink } = openTwo([other, workspace.id]);
    expect(await exportLogs({ client, query, sink })).toMatchObject({ counts: { written: 2, repeated: 0 } });
    const { client: again } = openTwo([other.toLowerCase()]);
    const quiet = { ...query, overlapMs: 0 };
    const fresh = memorySink();
    await exportLogs({ client: again, query: quiet, sink: fresh });
    expect(sink.events.map(({ eventId }) => eventId)).toContain(fresh.events[0]?.eventId);
  });

  test('says what a sink answers that is no answer of one', async () => {
    const { run, sink } = open();
    for (const given of [null, false, {}, 'lease'])
      await expect(run({}, { ...sink, lease: async () => given as never })).rejects.toMatchObject({
        ...{ name: 'InputError', path: ['sink', 'lease'] },
      });
    for (const given of [undefined, {}, { added: '3' }, { added: -1 }, { added: 13 }])
      await expect(
        run(
          {},
          over(memorySink(), () => ({ write: async () => given as never })),
        ),
      ).rejects.toMatchObject({
        ...{ name: 'InputError', path: ['sink', 'write'] },
      });
  });

  test('refuses what it cannot know', async () => {
    const { client, sink, run } = open();
    const wrong = (options: object) => exportLogs({ client, query, sink, ...options } as never);
    await expect(wrong({ sinks: sink })).rejects.toMatchObject({ path: ['sinks'] });
    await expect(wrong({ client: {} })).rejects.toMatchObject({ path: ['client'] });
    await expect(wrong({ sink: {} })).rejects.toMatchObject({ path: ['sink'] });
    await expect(wrong({ query: { ...query, resumeFrom: undefined } })).rejects.toMatchObject({
      path: ['query', 'resumeFrom'],
    });
    await expect(wrong({ query: { ...query, eventType: [] } })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(wrong({ query: { eventType: ['AUTH_LOG'] } })).rejects.toMatchObject({ path: ['eventType'] });
    await expect(run({ budget: { maxFiles: 1 } as never })).rejects.toMatchObject({ path: ['maxFiles'] });
    await expect(run({ budget: { maxEvents: 0 } })).rejects.toMatchObject({ path: ['maxEvents'] });
    await expect(
      run({ principal: { type: 'workspace', id: '00000000-0000-4000-8000-000000000000' } }),
    ).rejects.toMatchObject({
      path: ['principal'],
    });
    for (const name of ['batchSize', 'fill', 'maxWaitMs', 'intervalMs'])
      await expect(wrong({ query: { ...query, [name]: 1 } })).rejects.toMatchObject({ path: ['query', name] });
    const notUnique = { ...sink, isUniqueByEventId: false };
    for (const [deduplicate, into] of [
      [false, sink],
      [100, sink],
      ['store', notUnique],
    ])
      await expect(wrong({ query: { ...query, deduplicate }, sink: into })).rejects.toMatchObject({
        path: ['query', 'deduplicate'],
      });
    for (const right of [
      { query: { ...query, deduplicate: 'store' } },
      { query: { ...query, deduplicate: 9 }, sink: notUnique },
    ])
      await expect(wrong(right)).resolves.toMatchObject({ done: true });
    for (const principal of [null, 5, 'workspace'])
      await expect(wrong({ principal })).rejects.toMatchObject({ code: 'invalid_input', path: ['principal'] });
    await expect(wrong({ principal: {} })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(exportLogs(undefined as never)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
