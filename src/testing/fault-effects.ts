import { isRecord } from '../internal/json.js';
import type { EmulatorClock } from './clock.js';
import { bodyBytes } from './delivery.js';
import type { Fault } from './faults.js';
import type { Answer, EmulatorRequest, Service } from './routes.js';

/** The request as the service gets to see it. */
export function changeRequest(request: EmulatorRequest, faults: readonly Fault[]): EmulatorRequest {
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
export async function answerInstead(
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
    if (fault.kind === 'status' && !fault.afterCommit) return plannedStatus(fault, service, clock);
  }
  return undefined;
}

type PlannedStatus = Extract<Fault, { readonly kind: 'status' }>;

function plannedStatus(fault: PlannedStatus, service: Service, clock: EmulatorClock): Answer {
  const { status, sentAs, retryAfterDateMs } = fault;
  const { headers, body } = service.error(status, 'A fault was planned for this request.');
  const wait =
    retryAfterDateMs === undefined ? {} : { 'retry-after': new Date(clock.now() + retryAfterDateMs).toUTCString() };
  const shown = fault.body === undefined ? body : fault.body;
  return { status: sentAs, headers: { ...headers, ...wait, ...fault.headers }, body: shown };
}

const cutBeforeAnswer: Answer = { status: 0, headers: {}, delivery: { cut: 'before_answer' } };

/** What an answer is changed with. */
export interface ChangeContext {
  readonly request: EmulatorRequest;
  readonly service: Service;
  readonly storage: Service;
  readonly clock: EmulatorClock;
  /** The last answer of the same route. */
  readonly previous: Answer | undefined;
}

export function changeAnswer(answer: Answer, fault: Fault, context: ChangeContext): Answer | Promise<Answer> {
  const { request, previous } = context;
  switch (fault.kind) {
    case 'status':
      return fault.afterCommit ? plannedStatus(fault, context.service, context.clock) : answer;
    case 'followed_redirect':
      return followRedirect(answer, context);
    case 'gzip':
      return pack(answer);
    case 'missing_fields':
      return withoutFields(answer, fault.names);
    case 'cut':
      if (fault.when !== 'during_body') return { ...answer, delivery: { cut: 'before_answer' } };
      return { ...answer, delivery: { cut: { afterBytes: Math.floor(bodyBytes(answer.body).length / 2) } } };
    case 'truncated_body': {
      const bytes = bodyBytes(answer.body);
      return { ...answer, body: bytes.slice(0, fault.bytes ?? Math.floor(bytes.length / 2)) };
    }
    case 'slow_body':
      return { ...answer, delivery: { slow: { bytes: fault.bytes, delayMs: fault.delayMs } } };
    case 'header':
      return { ...answer, headers: withHeader(answer.headers, fault.name, fault.value) };
    case 'corrupt_body': {
      const bytes = bodyBytes(answer.body).slice();
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
      if (fault.edit === 'repeated_row') {
        return editList(answer, (rows, key) => (rows.length < 2 ? {} : { [key]: [...rows.slice(0, -1), rows[0]] }));
      }
      if (previous === undefined) return answer;
      if (fault.edit === 'repeated_page') return previous;
      return editList(answer, (rows, key) => {
        const seen = rowsOf(previous)?.rows.at(-1);
        return seen === undefined ? {} : { [key]: [seen, ...rows.slice(0, -1)] };
      });
    case 'cursor':
      return withCursor(answer, fault.edit, request.url.searchParams);
    default:
      return answer;
  }
}

/** Where each kind of list names its next page, and how that is asked for. Of several names in one answer the first counts. */
const cursors = [
  ['next_page', 'page'],
  ['cursor', 'cursor'],
  ['nextCursor', 'cursor'],
  ['last_end_time', 'after'],
  ['last_id', 'after'],
] as const;

function withCursor(answer: Answer, edit: 'missing_cursor' | 'repeated_cursor', parameters: URLSearchParams): Answer {
  const { body } = answer;
  const [name, parameter] = isRecord(body) ? (cursors.find(([one]) => Object.hasOwn(body, one)) ?? []) : [];
  if (rowsOf(answer) === undefined || name === undefined || parameter === undefined) return answer;
  const asked = parameters.get(parameter);
  if (edit === 'repeated_cursor' && asked === null) return answer;
  const more = isRecord(body) && Object.hasOwn(body, 'has_more') ? { has_more: true } : {};
  return editList(answer, () => ({ ...more, [name]: edit === 'missing_cursor' ? null : asked }));
}

type RowsKey = 'Resources' | 'resources' | 'data';

/** The rows of a list answer, and the key they stand under; `undefined` when it is no list. */
export function rowsOf(answer: Answer): { readonly key: RowsKey; readonly rows: readonly unknown[] } | undefined {
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

async function followRedirect(answer: Answer, { request, storage }: ChangeContext): Promise<Answer> {
  const { location } = answer.headers;
  if (location === undefined) return answer;
  const url = new URL(location, request.url);
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  return storage.handle({ ...request, url, headers, service: 'storage' }, 'GET /storage/{file}', []);
}

async function pack(answer: Answer): Promise<Answer> {
  const packed = new Response(bodyBytes(answer.body)).body?.pipeThrough(new CompressionStream('gzip'));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  return { ...answer, headers: withHeader(answer.headers, 'content-encoding', 'gzip'), body };
}

function withoutFields(answer: Answer, names: readonly string[]): Answer {
  const strip = (row: unknown) =>
    isRecord(row) ? Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))) : row;
  if (rowsOf(answer) === undefined) return isRecord(answer.body) ? { ...answer, body: strip(answer.body) } : answer;
  return editList(answer, (rows, key) => ({ [key]: rows.map(strip) }));
}
