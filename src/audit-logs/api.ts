import { checkOptions } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import type { OtherKeys } from '../errors/remedies/other-keys.js';
import { ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import { createPrivateTag } from '../internal/private-tag.js';
import { chatgptBaseUrl, checkChatgptBaseUrl, documentedRateLimit } from '../transport/chatgpt-api.js';
import {
  type CallLimits,
  type ClientOptions,
  type Credential,
  type RequestOptions,
  resolveOptions,
  type TransportRequest,
} from '../transport/options.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import { namingPrincipal } from '../transport/principal-tag.js';
import type { RateLimit } from '../transport/rate-limit.js';
import { readAnswer } from '../transport/read-answer.js';
import { Cooldown } from '../transport/request-gate.js';
import { Transport } from '../transport/transport.js';
import { explainComplianceFailure, ofEventType } from './explain-compliance-failure.js';
import { type DownloadLimits, downloadLogFile } from './files/download.js';
import { type AnswerFacts, type AuditLogFile, type LogFilePage, readLogFilePage } from './files/log-file.js';
import { ServerClock } from './server-clock.js';

/** One page of files of one event type, the times as they are sent. */
interface FilesQuery {
  readonly eventType: string;
  readonly after: string;
  readonly before: string | undefined;
  /** Throws where a page cannot be right: it is asked for again, as after a failure. */
  readonly check?: ((page: LogFilePage) => void) | undefined;
}

/**
 * How often each kind of request may start, for each workspace or organization with its key. OpenAI's older pages count by
 * endpoint and key, its newer ones by workspace, method and route. Where one key opens several workspaces and the service counts
 * them together, it asks each of them for patience (`Retry-After`), which is kept: nothing is lost, and to divide these numbers by
 * that of the workspaces spares the refusals.
 */
export interface AuditLogRateLimits {
  /** Lists and newest times. @default 100 in 60_000 ms */
  readonly lists?: RateLimit | false | undefined;
  /** Downloads, each of which counts once for the API. @default 50 in 60_000 ms */
  readonly downloads?: RateLimit | false | undefined;
}

const minuteMs = 60_000;
const documentedLimits = {
  lists: documentedRateLimit,
  downloads: { requests: 50, intervalMs: minuteMs },
};

/**
 * The log routes of one principal, each with a throttle of its own: the service counts by principal and route (2.5.37 of its
 * description; 2.5.3 said by endpoint and key). One client has one key for each principal, so what holds for the principal holds
 * for the two together. One `Retry-After` is not kept for every workspace of a key: were it meant for one of them, the others
 * would stand still for nothing, and if it is meant for all, each of them is told so by its own next request.
 */
export class ComplianceLogApi {
  readonly principal: AuditLogPrincipal;
  /** Until when the service asks for patience, on whatever route of this principal. */
  readonly cooldown = new Cooldown();
  /** Route template of the list. */
  readonly route: string;
  readonly #params: Readonly<Record<string, string>>;
  readonly #lists: Transport;
  readonly #downloads: Transport;
  readonly #newest: Transport;
  readonly #newestRoute: string;
  readonly #limits: CallLimits;
  readonly #apiKey: Credential;
  readonly #serverClock: ServerClock;

  constructor(
    principal: AuditLogPrincipal,
    options: Omit<ComplianceTransportOptions, 'rateLimit'>,
    rateLimit: AuditLogRateLimits | false = {},
  ) {
    const { type, id } = principal;
    const limits = rateLimit === false ? { lists: false as const, downloads: false as const } : rateLimit;
    const { lists, downloads } = checkOptions<AuditLogRateLimits>('`rateLimit`', limits, {
      lists: true,
      downloads: true,
    });
    // Each route is counted by itself; a service that asks for patience means all of them, of this principal.
    const { cooldown } = this;
    const open = (kind: 'list' | 'download', limit: RateLimit | false) =>
      openComplianceTransport({ ...options, rateLimit: limit, cooldown, principal, kind });
    this.principal = principal;
    this.#apiKey = options.apiKey;
    this.#limits = resolveOptions(options);
    this.#params = { [`${type}_id`]: id };
    this.route = `/compliance/${type}s/{${type}_id}/logs`;
    this.#newestRoute = `/compliance/${type}s/{${type}_id}/max_event_time`;
    this.#lists = open('list', lists ?? documentedLimits.lists);
    this.#newest = open('list', lists ?? documentedLimits.lists);
    this.#downloads = open('download', downloads ?? documentedLimits.downloads);
    this.#serverClock = new ServerClock(this.#lists.clock);
  }

  /** The time by the service's clock, as far as its answers have told; by the client's own before. */
  nowMs(): number {
    return this.#serverClock.nowMs();
  }

  list({ eventType, after, before, check }: FilesQuery, options: RequestOptions): Promise<LogFilePage> {
    const query = Object.entries({
      event_type: eventType,
      after,
      ...(before !== undefined && { before }),
      limit: '100',
    });
    const page = this.#get(this.#lists, { ...options, route: this.route, query }, (body, facts) => {
      const page = readLogFilePage(body, facts, eventType);
      check?.(page);
      return page;
    });
    return page.catch((error) => {
      throw nameEventType(error, eventType, this.#apiKey);
    });
  }

  download(file: AuditLogFile, limits: DownloadLimits, options: RequestOptions): Promise<Uint8Array<ArrayBuffer>> {
    return namingPrincipal(this.principal, () =>
      downloadLogFile({
        ...limits,
        transport: this.#downloads,
        file,
        route: `${this.route}/{log_file_id}`,
        params: { ...this.#params, log_file_id: file.id },
        // For all requests of a download together.
        options: { ...options, ...resolveOptions(options, this.#limits) },
      }),
    );
  }

  maxEventTime(eventTypes: readonly string[], options: RequestOptions): Promise<Record<string, string | null>> {
    const query = eventTypes.map((type) => ['event_type', type] as const);
    return this.#get(this.#newest, { ...options, route: this.#newestRoute, query }, readMaxEventTimes);
  }

  #get<T>(
    transport: Transport,
    call: Omit<TransportRequest, 'method' | 'params' | 'check'>,
    read: (body: unknown, facts: AnswerFacts) => T,
  ): Promise<T> {
    return namingPrincipal(this.principal, () =>
      readAnswer(transport, { ...call, params: this.#params }, ({ status, body, headers }) => {
        this.#serverClock.compare(headers);
        return read(body, { route: call.route, status });
      }),
    );
  }
}

function nameEventType(error: unknown, eventType: string, apiKey: Credential): unknown {
  const words = error instanceof ResponseError ? ofEventType(error, eventType, apiKey) : undefined;
  if (words === undefined || !(error instanceof ResponseError)) return error;
  return Object.assign(error, { remedy: `${error.remedy ?? ''} ${words}`.trimStart() });
}

function readMaxEventTimes(body: unknown, facts: AnswerFacts): Record<string, string | null> {
  const times = isRecord(body) ? body.max_event_time : undefined;
  if (isRecord(times) && Object.values(times).every((time) => time === null || typeof time === 'string')) {
    return times as Record<string, string | null>;
  }
  throw new ResponseValidationError(`GET ${facts.route} did not answer with the newest event times.`, {
    method: 'GET',
    ...facts,
    issues: [{ path: ['max_event_time'], message: 'expected an object of date-times' }],
    retryable: true,
  });
}

/** Where the log files of one principal come from. */
export type LogSource = Pick<ComplianceLogApi, 'route' | 'list' | 'download'> &
  Partial<Pick<ComplianceLogApi, 'nowMs'>>;

/** On a client: the cooldown of each of its principals, for what asks for the same one by another route. */
export const cooldownsTag = /* @__PURE__ */ createPrivateTag<(principal: AuditLogPrincipal) => Cooldown>();

interface ComplianceTransportOptions extends ClientOptions {
  readonly apiKey: Credential;
  readonly baseUrl?: string | undefined;
  /** Shared by all that ask for one principal: a `Retry-After` that one of them was given holds for all. */
  readonly cooldown?: Cooldown | undefined;
  /** What a limiter of the caller's is told. */
  readonly principal?: AuditLogPrincipal | undefined;
  readonly kind?: 'list' | 'download' | undefined;
  /** What is known of the keys of the other workspaces. */
  readonly otherKeys?: OtherKeys | undefined;
}

/** Opens a way to the Compliance API that lets nothing through but reading. */
export function openComplianceTransport({
  apiKey,
  baseUrl,
  otherKeys,
  ...options
}: ComplianceTransportOptions): Transport {
  checkChatgptBaseUrl(baseUrl);
  return new Transport({
    ...options,
    service: 'compliance',
    baseUrl: baseUrl ?? chatgptBaseUrl,
    credential: apiKey,
    explain: explainComplianceFailure(apiKey, otherKeys),
    guard: ({ method }) => {
      if (method !== 'GET') throw new InputError('The Compliance API may only be read.', { path: ['method'] });
    },
  });
}
