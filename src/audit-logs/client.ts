import { checkNumber, checkOptions, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { untilAnswered } from '../internal/callbacks.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { checkCall, type RequestOptions, requestOptionNames } from '../transport/options.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import { cooldownsTag } from './api.js';
import type { EventOf } from './events/event-types.js';
import { forEachPrincipal } from './failed-principals.js';
import { downloadStream } from './files/download-stream.js';
import { type AuditLogFileList, listFilesOf } from './files/file-lists.js';
import type { ListPlan } from './files/list.js';
import { type AuditLogFile, fileOf, type LogFile } from './files/log-file.js';
import { OpenLogs } from './open-logs.js';
import {
  type AuditLogClientOptions,
  auditLogClientOptionNames,
  type PlatformLogClientOptions,
  type PrincipalIds,
} from './options.js';
import {
  checkLogQuery,
  logQueryNames,
  planReading,
  resolveFill,
  resolvePartitions,
  resolveRange,
  withFiles,
} from './plan.js';
import type {
  AuditLogBatchesQuery,
  AuditLogEventsQuery,
  AuditLogFilesQuery,
  AuditLogFollowQuery,
  AuditLogWarning,
  MaxEventTimes,
} from './query.js';
import type { AllEventTypes, EventTypeFor, EventTypeName } from './readable-types.js';
import { lineReaderTag } from './reading/lines.js';
import { beforeAllFiles } from './reading/overlap.js';
import type { ReadingPlan } from './reading/reading-plan.js';
import {
  type AuditLogBatchStream,
  type AuditLogEventStream,
  streamBatches,
  streamEvents,
  streamFilledBatches,
  streamLines,
} from './reading/stream.js';

const defaultMaxFileBytes = 32 * 1024 * 1024;

/**
 * Reads the audit logs of ChatGPT Enterprise workspaces (OpenAI, Compliance Logs Platform), and with `platform` that of an
 * organization of the API Platform, alone or beside them. None of its requests can change anything.
 *
 * Requests fail with ResponseError, ConnectionError, ResponseValidationError, IncompleteListError, or the signal's own
 * reason; each method says what else it throws.
 *
 * @throws InputError for an id in the wrong place, a key that cannot be sent, or a base URL that is not https.
 *
 * @example
 * ```ts
 * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * const events = client.events({ eventTypes: ['AUDIT_LOG'], after: new Date(Date.now() - 86_400_000) });
 * for await (const event of events) console.log(event.timestamp, event.action);
 * const resumeFrom = events.checkpoint();
 * ```
 */
export class AuditLogClient<const Options extends PrincipalIds = PrincipalIds> {
  readonly #logs: OpenLogs;
  readonly #options: AuditLogClientOptions;

  constructor(
    options: (AuditLogClientOptions | PlatformLogClientOptions) & {
      // Of `platform` it is known that it is there, and no more: else the compiler would take what is misspelt in it.
      readonly [Id in keyof Options & keyof PrincipalIds]?: Id extends 'platform'
        ? PrincipalIds[Id]
        : Options[Id] | PrincipalIds[Id];
    },
  ) {
    if (typeof options !== 'object' || options === null)
      throw new InputError('The options must be an object with `apiKey` and at least one id.');
    // That one of the two is there, `OpenLogs` checks.
    const given = options as AuditLogClientOptions;
    const own = checkOptions<AuditLogClientOptions>('AuditLogClient', given, auditLogClientOptionNames);
    this.#options = own;
    this.#logs = new OpenLogs(own);
    cooldownsTag.set(this, (principal) => (this.#logs.find(principal) ?? this.#logs.withFiles(principal)).cooldown);
    lineReaderTag.set(this, {
      clock: this.#clock,
      find: (principal) => this.#logs.find(principal)?.principal,
      readLines: (of, query, keep, how, principals) => {
        const wanted = checkLogQuery(of, query);
        const plan = this.#plan(wanted, checkCall(of, how, logQueryNames), undefined, principals);
        return streamLines(plan, resolveFill({ ...wanted, fill: true }), keep);
      },
    });
  }

  /** The workspaces, the organization and the organization of the API Platform whose logs this client reads. */
  get principals(): readonly AuditLogPrincipal[] {
    return this.#logs.all.map(({ principal }) => principal);
  }

  /**
   * Lists log files, oldest first across workspaces and event types, each once. Nothing is requested before the first is
   * asked for; `.pages()` gives them as the service does. Files of another type are left out: `onWarning` tells of them.
   * The API Platform has no files: `'all'` leaves it out.
   *
   * @throws InputError for a wrong query, at once. AuditLogFileError behind the last file, for a row without id or time.
   */
  files<const Type extends EventTypeName = AllEventTypes<Options>>(
    query: AuditLogFilesQuery<EventTypeFor<Options, Type>>,
    options?: RequestOptions,
  ): AuditLogFileList {
    const own = checkLogQuery('files()', query);
    const { after = beforeAllFiles, before } = resolveRange(own);
    const how = checkCall('files()', options, logQueryNames);
    const signals = [how.signal, this.#options.signal];
    const keys = resolvePartitions(own.eventTypes, withFiles(own.eventTypes, this.principals));
    const partitionsUntil = (signal: AbortSignal) => {
      const warn = (warning: AuditLogWarning) => untilAnswered(own.onWarning?.(warning), [signal]);
      return keys.map(({ principal, eventType }) => {
        const logs = this.#logs.withFiles(principal);
        return {
          principal,
          eventType,
          plan: {
            after,
            before,
            eventType,
            route: logs.route,
            ask: (page: Parameters<ListPlan['ask']>[0]) => logs.list({ ...page, eventType }, { ...how, signal }),
            onOtherType: (file: LogFile) => warn({ code: 'other_event_type', file: { ...file, principal }, eventType }),
            onOutsideRange: (file: LogFile) => warn({ code: 'outside_range', file: { ...file, principal }, eventType }),
          },
        };
      });
    };
    return listFilesOf(partitionsUntil, { onFailedPrincipal: own.onFailedPrincipal, signals });
  }

  /**
   * Downloads one file as {@link AuditLogClient.files} lists it. The bytes are checked against size and SHA-256 before the
   * first of them comes out of the stream; nothing is requested before it is read.
   *
   * @throws InputError for what is no file of {@link AuditLogClient.files}, or one of a workspace that this client does not
   * read; from the stream AuditLogFileError.
   */
  download(
    given: AuditLogFile,
    options: RequestOptions & {
      /** Refuses a larger file. @default 33_554_432 (32 MiB) */
      readonly maxFileBytes?: number | undefined;
    } = {},
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const file = read('The file', () => fileOf(given));
    const own = checkOptions('download()', options, { ...requestOptionNames, maxFileBytes: true });
    const { maxFileBytes = defaultMaxFileBytes, signal, ...request } = own;
    const logs = this.#logs.withFiles(file.principal);
    const download = (signal: AbortSignal) => logs.download(file, { maxFileBytes }, { ...request, signal });
    return downloadStream(download, [signal, this.#options.signal]);
  }

  /**
   * Reads events: every one once, in the order the query says, with nothing left out unless the query allows it.
   * `sourceOf(event)` tells where one came from. Nothing is requested before the first event is asked for.
   *
   * @throws InputError or CheckpointError for a wrong query, at once. While iterating: CheckpointError for a retention gap;
   * AuditLogFileError, with the checkpoint, before a file or line that cannot be read.
   */
  events<const Type extends EventTypeName = AllEventTypes<Options>>(
    query: AuditLogEventsQuery<EventTypeFor<Options, Type>>,
    options?: RequestOptions,
  ): AuditLogEventStream<EventOf<Type>> {
    return streamEvents(this.#plan(checkLogQuery('events()', query), checkCall('events()', options, logQueryNames)));
  }

  /**
   * Reads events as {@link AuditLogClient.events} does, in arrays, each with its checkpoint: the cheapest way to hand them
   * to something that takes many at a time. With `fill` they are as long as `batchSize` says, and name their files.
   */
  batches<const Type extends EventTypeName = AllEventTypes<Options>, const Fill extends boolean = false>(
    query: AuditLogBatchesQuery<EventTypeFor<Options, Type>, Fill>,
    options?: RequestOptions,
  ): AuditLogBatchStream<EventOf<Type>, Fill> {
    const own = checkLogQuery('batches()', query);
    const plan = this.#plan(own, checkCall('batches()', options, logQueryNames));
    const limits = resolveFill(own);
    const stream = limits.fill ? streamFilledBatches(plan, limits) : streamBatches(plan, limits.size);
    // Which of the two, the compiler knows by `Fill` alone.
    return stream as AuditLogBatchStream<EventOf<Type>, Fill>;
  }

  /**
   * Reads events and then waits for more, until the signal aborts; the iteration then rejects with its reason. Looks for
   * new files every `intervalMs`, back to `overlapMs` before the newest.
   *
   * Save `checkpoint()` now and then also while no event comes: it notes that the log was read to its end. One workspace
   * that refuses ends the iteration for all, unless `onFailedPrincipal` is told of it. It throws what
   * {@link AuditLogClient.events} does.
   *
   * @example
   * ```ts
   * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
   *
   * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * const stop = new AbortController();
   * process.once('SIGINT', () => stop.abort());
   * const events = client.follow({ eventTypes: ['AUTH_LOG'], after: new Date() }, { signal: stop.signal });
   * for await (const event of events) console.log(event.timestamp);
   * ```
   */
  follow<const Type extends EventTypeName = AllEventTypes<Options>>(
    query: AuditLogFollowQuery<EventTypeFor<Options, Type>>,
    options?: RequestOptions,
  ): AuditLogEventStream<EventOf<Type>> {
    const own = checkLogQuery('follow()', query);
    const { intervalMs = 60_000, before, ordering } = own;
    if (before !== undefined || ordering !== undefined) {
      const path = [before !== undefined ? 'before' : 'ordering'];
      throw new InputError('`follow` takes no `before`, and no `ordering`: a quiet log would hold up the others.', {
        path,
      });
    }
    const how = checkCall('follow()', options, logQueryNames);
    return streamEvents(this.#plan(own, how, checkNumber('intervalMs', intervalMs, 1, false)));
  }

  /**
   * Asks for the time of the newest event of each type, to see how fresh the log is. It does not promise that everything
   * before it is there. One that failed is not among the answers, where `onFailedPrincipal` is told of it.
   */
  async maxEventTime<const Type extends EventTypeName = AllEventTypes<Options>>(
    query: Pick<AuditLogFilesQuery<EventTypeFor<Options, Type>>, 'eventTypes' | 'onFailedPrincipal'>,
    options?: RequestOptions,
  ): Promise<readonly MaxEventTimes[]> {
    const own = checkLogQuery('maxEventTime()', query);
    const partitions = resolvePartitions(own.eventTypes, this.principals);
    const how = checkCall('maxEventTime()', options, logQueryNames);
    const asked = this.#logs.all.flatMap((logs) => {
      const { principal } = logs;
      const eventTypes = partitions.filter((one) => one.principal === principal).map(({ eventType }) => eventType);
      return eventTypes.length === 0 ? [] : [{ logs, principal, eventTypes }];
    });
    return forEachPrincipal(
      asked,
      async ({ logs, principal, eventTypes }) => ({
        principal,
        maxEventTime: await logs.maxEventTime(eventTypes, how),
      }),
      { onFailedPrincipal: own.onFailedPrincipal, signals: [how.signal, this.#options.signal] },
    );
  }

  #plan(
    query: AuditLogEventsQuery,
    how: RequestOptions,
    intervalMs?: number,
    principals = this.principals,
  ): ReadingPlan {
    return planReading(query, {
      principals,
      clock: this.#clock,
      signals: [how.signal, this.#options.signal],
      requestOptions: how,
      logsOf: (principal) => this.#logs.withFiles(principal),
      platform: this.#logs.platform,
      intervalMs,
    });
  }

  get #clock(): Clock {
    return this.#options.clock ?? systemClock;
  }
}
