import { EmulatorError } from '../errors/emulator-error.js';
import type { EmulatorClock } from './clock.js';
import { type Fault, type FaultPlan, faultName } from './faults.js';
import type { RequestLog } from './request-log.js';
import {
  type Answer,
  type EmulatorRequest,
  type EmulatorRoute,
  type EmulatorService,
  encodeBody,
  type Service,
} from './routes.js';

interface ExchangeParts {
  readonly services: Readonly<Record<EmulatorService, Service>>;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly clock: EmulatorClock;
  /** Told of a request that nothing here can answer. */
  readonly onUnhandled: (error: EmulatorError) => void;
}

/** One request in, one answer out: record it, let the faults have it, give it to its service. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #previousLists = new Map<EmulatorRoute, Answer>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  async answer(request: EmulatorRequest): Promise<Answer> {
    const { services, faults: plan, requests, clock, onUnhandled } = this.#parts;
    const service = request.service === undefined ? undefined : services[request.service];
    const match = service?.match(request);
    const recorded = requests.record(clock.now(), request, match?.route);
    if (service === undefined || request.service === undefined || match === undefined) {
      const error = unhandled(request);
      onUnhandled(error);
      throw error;
    }
    const { route, params } = match;
    const faults = plan.take(request, request.service, route);
    if (faults.length === 0) {
      const answer = await service.handle(request, route, params);
      if (rowsOf(answer) !== undefined) this.#previousLists.set(route, answer);
      recorded.status = answer.status;
      return answer;
    }
    recorded.faults = faults.map(faultName);
    const own =
      (await answerInstead(request, faults, service, clock)) ??
      (await service.handle(changeRequest(request, faults), route, params));
    const previous = this.#previousLists.get(route);
    const answer = faults.reduce((changed, fault) => changeAnswer(changed, fault, request, previous), own);
    recorded.status = answer.delivery?.cut === 'before_answer' ? undefined : answer.status;
    return answer;
  }
}

function unhandled(request: EmulatorRequest): EmulatorError {
  const { method, service, url } = request;
  const place = service === undefined ? `the origin ${url.origin}` : `${service} route ${url.pathname}`;
  return new EmulatorError('unhandled_request', `The emulator does not serve ${method} on ${place}.`, {
    remedy:
      'Build URLs from emulator.scim.baseUrl and emulator.compliance.baseUrl. Mock routes that the emulator lacks.',
  });
}

function changeRequest(request: EmulatorRequest, faults: readonly Fault[]): EmulatorRequest {
  const edits = faults.filter((fault) => fault.kind === 'query');
  const expired = faults.some((fault) => fault.kind === 'expired_url');
  if (edits.length === 0 && !expired) return request;
  const url = new URL(request.url);
  for (const { set } of edits) {
    for (const [name, value] of Object.entries(set)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
  }
  if (expired) url.searchParams.set('expires', '0');
  return { ...request, url };
}

/** What happens instead of the route, if anything does. Waits out the latency first. */
async function answerInstead(
  request: EmulatorRequest,
  faults: readonly Fault[],
  service: Service,
  clock: EmulatorClock,
): Promise<Answer | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await clock.sleep(fault.ms, request.signal);
  }
  for (const fault of faults) {
    if (fault.kind === 'cut' && fault.when === 'before_commit') return cutBeforeAnswer;
    if (fault.kind !== 'status' && fault.kind !== 'retry_after_date') continue;
    const { headers, body } = service.error(fault.status, 'A fault was planned for this request.');
    if (fault.kind === 'retry_after_date') {
      const date = new Date(clock.now() + fault.waitMs).toUTCString();
      return { status: fault.status, headers: { ...headers, 'retry-after': date }, body };
    }
    const shown = fault.body === undefined ? body : fault.body;
    return { status: fault.status, headers: { ...headers, ...fault.headers }, body: shown };
  }
  return undefined;
}

const cutBeforeAnswer: Answer = { status: 0, headers: {}, delivery: { cut: 'before_answer' } };

/** `previous`: the last answer of the same route. */
function changeAnswer(answer: Answer, fault: Fault, request: EmulatorRequest, previous: Answer | undefined): Answer {
  switch (fault.kind) {
    case 'cut':
      if (fault.when !== 'during_body') return { ...answer, delivery: { cut: 'before_answer' } };
      return { ...answer, delivery: { cut: { afterBytes: Math.floor(toBytes(answer).length / 2) } } };
    case 'truncated_body': {
      const bytes = toBytes(answer);
      return { ...answer, body: bytes.slice(0, fault.bytes ?? Math.floor(bytes.length / 2)) };
    }
    case 'slow_body':
      return { ...answer, delivery: { slow: { bytes: fault.bytes, delayMs: fault.delayMs } } };
    case 'header':
      return { ...answer, headers: withHeader(answer.headers, fault.name, fault.value) };
    case 'corrupt_body': {
      const bytes = toBytes(answer).slice();
      // A letter stays a letter, so that the JSON still parses and only the hash tells.
      const index = bytes.findLastIndex((byte) => byte >= 0x61 && byte <= 0x7a);
      if (index !== -1) bytes[index] = bytes[index] === 0x61 ? 0x62 : 0x61;
      return { ...answer, body: bytes };
    }
    case 'response_body':
      return { ...answer, body: fault.edit(answer.body, request) };
    case 'total_results':
      return editList(answer, (rows) => ({ totalResults: fault.total === 'page_size' ? rows.length : fault.total }));
    case 'list':
      if (fault.edit === 'empty_page') {
        return editList(answer, (_rows, key) => ({ [key]: [], ...(key !== 'data' && { itemsPerPage: 0 }) }));
      }
      if (previous === undefined) return answer;
      if (fault.edit === 'repeated_page') return previous;
      return editList(answer, (rows, key) => {
        const seen = rowsOf(previous)?.rows.at(-1);
        return seen === undefined ? {} : { [key]: [seen, ...rows.slice(0, -1)] };
      });
    default:
      return answer;
  }
}

type RowsKey = 'Resources' | 'resources' | 'data';

/** The rows of a list answer, and the key they stand under; `undefined` when it is no list. */
function rowsOf(answer: Answer): { readonly key: RowsKey; readonly rows: readonly unknown[] } | undefined {
  const { body } = answer;
  if (typeof body !== 'object' || body === null) return undefined;
  for (const key of ['Resources', 'resources', 'data'] as const) {
    const rows = (body as Record<string, unknown>)[key];
    if (Array.isArray(rows)) return { key, rows };
  }
  return undefined;
}

function editList(answer: Answer, edit: (rows: readonly unknown[], key: RowsKey) => Record<string, unknown>): Answer {
  const list = rowsOf(answer);
  if (list === undefined) return answer;
  return { ...answer, body: { ...(answer.body as object), ...edit(list.rows, list.key) } };
}

function withHeader(headers: Readonly<Record<string, string>>, name: string, value: string | undefined) {
  const { [name.toLowerCase()]: _replaced, ...rest } = headers;
  return value === undefined ? rest : { ...rest, [name.toLowerCase()]: value };
}

function toBytes(answer: Answer): Uint8Array<ArrayBuffer> {
  const body = encodeBody(answer.body) ?? '';
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}
