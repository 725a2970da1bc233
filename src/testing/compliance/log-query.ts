import type { Answer } from '../routes.js';
import { parseTimestamp } from '../timestamp.js';
import { eventScopes } from './log-file.js';

/** Microseconds since the epoch. */
interface LogQuery {
  readonly eventTypes: ReadonlySet<string>;
  readonly after: number;
  readonly before: number | undefined;
  readonly limit: number;
}

/** Which of the two was asked for. */
export type PrincipalKind = 'workspace' | 'organization';

export function parseLogQuery(parameters: URLSearchParams, kind: PrincipalKind): LogQuery {
  const faults: ParameterFault[] = [];
  const afterText = parameters.get('after') ?? '';
  const eventTypes = eventTypesOf(parameters);
  if (eventTypes.size === 0) faults.push(missing('event_type'));
  if (afterText === '') faults.push(missing('after'));
  const limit = parseLimit(parameters.get('limit'), 100, 100);
  if (typeof limit === 'object') throw unprocessable([...faults, limit]);
  if (faults.length > 0) throw unprocessable(faults);

  checkEventTypes(eventTypes, kind);
  const beforeText = parameters.get('before');
  const before = beforeText === null ? undefined : readTimestamp('before', beforeText);
  return { eventTypes, after: readTimestamp('after', afterText), before, limit };
}

/** The asked event types: repeated, comma-separated, or both. */
export function eventTypesOf(parameters: URLSearchParams): ReadonlySet<string> {
  const types = parameters.getAll('event_type').flatMap((value) => value.split(','));
  return new Set(types.filter((type) => type !== ''));
}

export function parseLimit(text: string | null, byDefault: number, maximum: number): number | ParameterFault {
  if (text === null) return byDefault;
  const fault = (type: string, msg: string): ParameterFault => ({ name: 'limit', msg, type, input: text });
  if (!/^-?\d+$/.test(text)) {
    return fault('int_parsing', 'Input should be a valid integer, unable to parse string as an integer');
  }
  if (Number(text) < 1) return fault('greater_than_equal', 'Input should be greater than or equal to 1');
  if (Number(text) > maximum) return fault('less_than_equal', `Input should be less than or equal to ${maximum}`);
  return Number(text);
}

/** Refuses a type that does not exist, or that lives on the other route. */
export function checkEventTypes(types: ReadonlySet<string>, kind: PrincipalKind): void {
  for (const type of types) {
    const scope = Object.hasOwn(eventScopes, type) ? eventScopes[type] : undefined;
    if (scope === undefined) throw refusal(400, `invalid event_type: ${type}`, { param: 'event_type' });
    if (scope === 'both' || scope === kind) continue;
    const path = `/v1/compliance/${scope}s/{${scope}_id}/logs`;
    const article = scope === 'workspace' ? 'a' : 'an';
    throw refusal(400, `${type} is ${article} ${scope}-scoped event type. Use ${path}.`, { param: 'event_type' });
  }
}

function readTimestamp(name: string, text: string): number {
  const micros = parseTimestamp(text);
  if (micros !== undefined) return micros;
  throw refusal(400, `Invalid timestamp in '${name}': expected an ISO 8601 date-time.`, { param: name });
}

export function complianceAnswer(status: number, body: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

const codes: Readonly<Record<number, string>> = { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' };

interface ErrorFacts {
  readonly param?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An error in the envelope that OpenAI's services share. */
export function complianceError(status: number, message: string, { param, headers }: ErrorFacts = {}): Answer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  const error = { message, type, param: param ?? null, code: codes[status] ?? null };
  return complianceAnswer(status, { error }, headers);
}

/** Thrown by whatever handles a request to end it with an error answer. */
export class ComplianceRefusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super();
    this.answer = answer;
  }
}

export function refusal(status: number, message: string, facts?: ErrorFacts): ComplianceRefusal {
  return new ComplianceRefusal(complianceError(status, message, facts));
}

/** One thing wrong with a parameter, as FastAPI reports it. */
interface ParameterFault {
  readonly name: string;
  readonly msg: string;
  readonly type: string;
  readonly input: string | null;
}

export function missing(name: string): ParameterFault {
  return { name, msg: 'Field required', type: 'missing', input: null };
}

/** 422, in FastAPI's shape. */
export function unprocessable(faults: readonly ParameterFault[]): ComplianceRefusal {
  const detail = faults.map(({ name, msg, type, input }) => ({ type, loc: ['query', name], msg, input }));
  return new ComplianceRefusal(complianceAnswer(422, { detail }));
}
