import { context, propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import {
  AggregationTemporality,
  type Histogram,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { createEmulator, type Emulator, fault } from 'chatgpt-enterprise-sdk/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { measureLogs, traceCalls } from '../../examples/tracing.js';

const spans = new InMemorySpanExporter();
const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
const undici = new UndiciInstrumentation();
undici.setTracerProvider(tracers);
const tracer = tracers.getTracer('test');

let emulator: Emulator;
let meters: MeterProvider;
let metrics: InMemoryMetricExporter;
beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  undici.enable();
  spans.reset();
  metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  meters = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })],
  });
  emulator = createEmulator();
});
afterEach(async () => {
  undici.disable();
  undici.setConfig({});
  await meters.shutdown();
  await emulator.close();
  context.disable();
  propagation.disable();
});

/** Over real HTTP, so that undici has something to tell. */
async function open(attempts: boolean) {
  const server = await emulator.listen();
  const calls = traceCalls({ tracer, meter: meters.getMeter('test'), attempts });
  undici.setConfig({ startSpanHook: calls.startSpanHook });
  const require = ['scim', 'compliance'] as const;
  const config = parseConnectionConfig(server.connectionConfig(), { require, dangerouslyAllowHttpLoopback: true });
  const { onEvent, fetch } = calls;
  return connect(config, { onEvent, fetch, dangerouslyAllowHttpLoopback: true, auditLogs: { rateLimit: false } });
}

const isUndicis = ({ instrumentationScope }: ReadableSpan) => instrumentationScope.name.includes('undici');

function finished() {
  const all = spans.getFinishedSpans();
  return { calls: all.filter((span) => !isUndicis(span)), attempts: all.filter(isUndicis) };
}

async function metric(name: string) {
  await meters.forceFlush();
  const all = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return all.findLast(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
}

test('a call is one span with its repeats as events, though undici would make one for each request', async () => {
  await using connection = await open(false);
  emulator.faults.add(fault.status(503), { route: 'GET /Users' });
  await connection.scim.users.list();

  const { calls, attempts } = finished();
  expect(attempts).toEqual([]);
  // Whether it had to wait for its turn for a moment is no matter here.
  expect(calls[0]?.events.filter(({ name }) => name !== 'throttled')).toMatchObject([
    { name: 'retry', attributes: { attempt: 1, 'error.type': 'server_error' } },
  ]);
  expect(calls).toMatchObject([
    {
      name: 'GET /Users',
      kind: SpanKind.CLIENT,
      attributes: {
        'url.template': '/Users',
        'http.response.status_code': 200,
        'http.request.resend_count': 1,
        'chatgpt_enterprise.service': 'scim',
      },
      status: { code: SpanStatusCode.UNSET },
    },
  ]);
});

test('attempts that are asked for are the spans of undici, each once, below the span of their call', async () => {
  await using connection = await open(true);
  emulator.faults.add(fault.status(503), { route: 'GET /Users' });
  await tracer.startActiveSpan('job', async (job) => {
    await Promise.all([connection.scim.users.list(), connection.scim.groups.list()]);
    job.end();
  });

  const { calls, attempts } = finished();
  const [job] = calls.filter(({ name }) => name === 'job');
  const [users] = calls.filter(({ name }) => name === 'GET /Users');
  const [groups] = calls.filter(({ name }) => name === 'GET /Groups');
  expect(calls).toHaveLength(3);
  for (const call of [users, groups]) {
    expect(call?.kind).toBe(SpanKind.INTERNAL);
    expect(call?.parentSpanContext?.spanId).toBe(job?.spanContext().spanId);
  }
  const statusesBelow = (call: ReadableSpan | undefined) =>
    attempts
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === call?.spanContext().spanId)
      .map(({ attributes }) => attributes['http.response.status_code']);
  expect(statusesBelow(users)).toEqual([503, 200]);
  expect(statusesBelow(groups)).toEqual([200]);
  expect(attempts).toHaveLength(3);
});

test('no span holds a URL, a filter or an id of a client’s requests, and those of others keep theirs', async () => {
  await using connection = await open(true);
  await connection.scim.users.find({ userName: 'mira.sol@northwind.example' });
  await globalThis.fetch(`${(await emulator.listen()).storageOrigin}/elsewhere?a=1`);

  const { calls, attempts } = finished();
  const ours = attempts.filter(({ attributes }) => attributes['url.template'] !== undefined);
  expect(ours.length).toBeGreaterThan(0);
  const directory = new URL(emulator.scim.baseUrl).pathname;
  const written = JSON.stringify(
    [...calls, ...ours].map(({ name, attributes, events }) => ({ name, attributes, events })),
  );
  expect(written).not.toContain('mira.sol');
  expect(written).not.toContain(directory);
  const others = attempts.filter((span) => !ours.includes(span));
  expect(others).toMatchObject([{ attributes: { 'url.path': '/elsewhere', 'url.query': '?a=1' } }]);
  // What is fetched after a call, by whoever made it, is not below that.
  expect(others[0]?.parentSpanContext).toBeUndefined();
});

test('a call that fails ends its span with the code of its error, also when nothing was sent', async () => {
  await using connection = await open(false);
  emulator.scim.revokeToken(emulator.scim.token);
  await expect(connection.scim.users.list()).rejects.toThrow();
  await expect(connection.scim.users.list({}, { signal: AbortSignal.abort() })).rejects.toThrow();

  const { calls } = finished();
  expect(calls.map(({ status, attributes }) => [status.code, attributes['error.type']])).toEqual([
    [SpanStatusCode.ERROR, 'unauthorized'],
    [SpanStatusCode.ERROR, 'aborted'],
  ]);
});

test('files, events, duplicates and lag are measured as logs are read', async () => {
  await using connection = await open(false);
  const { auditLogs: logs } = connection;
  const [first = ''] = emulator.compliance.workspaceIds;
  const measured = measureLogs({ meter: meters.getMeter('test'), logs, eventTypes: ['AUTH_LOG'] });
  const read = async () => {
    const batches = logs.batches({ eventTypes: ['AUTH_LOG'], onProgress: measured.onProgress });
    for await (const batch of batches) measured.delivered(batch);
    return batches.stats;
  };
  const stats = await read();
  for (const name of ['files', 'events', 'duplicates'] as const)
    expect((await metric(`chatgpt_enterprise.logs.${name}`))[0]?.value, name).toBe(stats[name]);
  const lagOf = async () =>
    (await metric('chatgpt_enterprise.logs.lag')).find(({ attributes }) => attributes.principal === first)?.value;
  expect(await lagOf()).toBe(0);

  emulator.clock.advance(3_600_000);
  const timestamp = new Date(emulator.clock.now() - 1_000).toISOString();
  emulator.store.logs.append(first, [{ event_id: 'new-1', type: 'AUTH_LOG', timestamp, event: {} } as never]);
  emulator.store.logs.flush(first);
  expect(await lagOf()).toBeGreaterThan(0);
  const again = await read();
  expect(await lagOf()).toBe(0);
  expect((await metric('chatgpt_enterprise.logs.events'))[0]?.value).toBe(stats.events + again.events);
});

test('what calls wait for their turn is measured', async () => {
  await using connection = await open(false);
  await Promise.all(Array.from({ length: 12 }, () => connection.scim.users.list()));

  const [waits] = await metric('chatgpt_enterprise.client.wait');
  // What a histogram has collected.
  const { count = 0, max = 0 } = (waits?.value ?? {}) as Partial<Histogram>;
  expect(waits?.attributes).toEqual({ 'chatgpt_enterprise.service': 'scim' });
  expect(count).toBeGreaterThanOrEqual(2);
  expect(max).toBeGreaterThan(0.2);
  const waited = finished().calls.filter(({ events }) => events.some(({ name }) => name === 'throttled'));
  expect(waited).toHaveLength(count);
  // Its wait is a part of the call.
  const longestMs = Math.max(...waited.map(({ duration: [seconds, nanos] }) => seconds * 1_000 + nanos / 1e6));
  expect(longestMs).toBeGreaterThan(max * 1_000 - 5);
});
