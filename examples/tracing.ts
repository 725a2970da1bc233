/**
 * OpenTelemetry for the clients, to be copied: one span for each call, with its repeats as events, and metrics of how the reading
 * of audit logs goes. docs/guides/observability.md says how it is set up.
 *
 * Undici's instrumentation makes a span for each request of `fetch` already. Nothing here makes a second one: those are the
 * spans of the attempts, below the span of their call, or none, as you choose.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  context,
  type Meter,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type {
  AuditLogBatch,
  AuditLogClient,
  AuditLogProgress,
  TransportEvent,
} from 'chatgpt-enterprise-sdk/audit-logs';

export interface TraceCallsOptions {
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Whether undici's instrumentation makes its span for each attempt, below that of the call. @default false */
  readonly attempts?: boolean;
}

/** Gives `onEvent` and `fetch` for any client, or for `connect`; and `startSpanHook` for undici's instrumentation. */
export function traceCalls({ tracer, meter, attempts = false }: TraceCallsOptions) {
  const spans = new Map<number, Span>();
  // The event `request` and the `fetch` that follows are in one asynchronous context, and not in one tick.
  const current = new AsyncLocalStorage<{ readonly span: Span; readonly route: string }>();
  const waits = meter.createHistogram('chatgpt_enterprise.client.wait', {
    description: 'How long calls waited for their turn: for the rate limit, or the Retry-After of another call.',
    unit: 's',
  });

  function spanOf(event: TransportEvent): Span {
    const known = spans.get(event.callId);
    if (known !== undefined) return known;
    const { service, method, route } = event;
    // A call is told of by what it has waited, or how it ended, where that comes first.
    const sinceMs = event.type === 'throttled' ? event.waitMs : event.type === 'call' ? event.durationMs : 0;
    const span = tracer.startSpan(`${method} ${route}`, {
      // What goes over the wire is the attempt's, where it has a span.
      kind: attempts ? SpanKind.INTERNAL : SpanKind.CLIENT,
      startTime: Date.now() - sinceMs,
      attributes: { 'http.request.method': method, 'url.template': route, 'chatgpt_enterprise.service': service },
    });
    spans.set(event.callId, span);
    return span;
  }

  return {
    onEvent(event: TransportEvent): void {
      const span = spanOf(event);
      if (event.type === 'request') {
        current.enterWith({ span, route: event.route });
      } else if (event.type === 'response') {
        if (event.status !== undefined) span.setAttribute('http.response.status_code', event.status);
        if (event.requestId !== undefined) span.setAttribute('chatgpt_enterprise.request_id', event.requestId);
      } else if (event.type === 'call') {
        spans.delete(event.callId);
        if (event.attempt > 1) span.setAttribute('http.request.resend_count', event.attempt - 1);
        if (event.errorCode !== undefined) {
          span.setAttribute('error.type', event.errorCode);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      } else {
        if (event.type === 'throttled')
          waits.record(event.waitMs / 1_000, { 'chatgpt_enterprise.service': event.service });
        const errorType = event.type === 'retry' ? { 'error.type': event.errorCode } : {};
        span.addEvent(event.type, { attempt: event.attempt, wait_ms: event.waitMs, ...errorType });
      }
    },

    fetch: ((input, init) => {
      const call = current.getStore();
      if (call === undefined) return globalThis.fetch(input, init);
      const below = trace.setSpan(context.active(), call.span);
      return context.with(attempts ? below : suppressTracing(below), () => globalThis.fetch(input, init));
    }) satisfies typeof globalThis.fetch,

    /**
     * Undici's spans hold whole URLs: the path that names the directory, filters with addresses, signatures of storage. Of
     * the requests of these clients they hold the route instead.
     */
    startSpanHook({ origin }: { readonly origin: string | URL }): Attributes {
      const call = current.getStore();
      if (call === undefined) return {};
      return { 'url.full': `${origin}`, 'url.path': '', 'url.query': '', 'url.template': call.route };
    },
  };
}

export interface MeasureLogsOptions {
  readonly meter: Meter;
  readonly logs: AuditLogClient;
  /** Those that are read. */
  readonly eventTypes: readonly string[];
}

/**
 * Counts what is read, and asks at each collection how much newer the newest event of the service is than what was delivered:
 * 0 where everything was, however quiet the log is. Hand `onProgress` to the stream, and each batch to `delivered`.
 */
export function measureLogs({ meter, logs, eventTypes }: MeasureLogsOptions) {
  const names = ['files', 'events', 'duplicates'] as const;
  const counters = names.map((name) => ({ name, counter: meter.createCounter(`chatgpt_enterprise.logs.${name}`) }));
  let last: Pick<AuditLogProgress, (typeof names)[number]> = { files: 0, events: 0, duplicates: 0 };
  const deliveredMs = new Map<string, number>();
  const keyOf = (id: string, eventType: string) => `${eventType} ${id}`;

  const lag = meter.createObservableGauge('chatgpt_enterprise.logs.lag', {
    description: 'How much newer the newest event of the service is than what was delivered.',
    unit: 's',
  });
  lag.addCallback(async (result) => {
    // A workspace that refuses has no lag that could be told, and hides none of the others.
    const newest = await logs.maxEventTime({ eventTypes: eventTypes as never, onFailedPrincipal: () => {} });
    for (const { principal, maxEventTime } of newest) {
      for (const [eventType, time] of Object.entries(maxEventTime)) {
        const readMs = deliveredMs.get(keyOf(principal.id, eventType));
        if (time === null || readMs === undefined) continue;
        const seconds = Math.max(0, Date.parse(time) - readMs) / 1_000;
        result.observe(seconds, { 'event.type': eventType, principal: principal.id });
      }
    }
  });

  return {
    onProgress(progress: AuditLogProgress): void {
      // Each iteration counts from 0.
      const since = progress.files < last.files ? undefined : last;
      for (const { name, counter } of counters) counter.add(progress[name] - (since?.[name] ?? 0));
      last = progress;
    },

    delivered({ principal, file }: Pick<AuditLogBatch<unknown>, 'principal' | 'file'>): void {
      const key = keyOf(principal.id, file.event_type);
      deliveredMs.set(key, Math.max(deliveredMs.get(key) ?? 0, Date.parse(file.end_time)));
    },
  };
}
