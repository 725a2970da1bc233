import type { Answer } from '../routes.js';
import { parseTimestamp } from '../timestamp.js';
import { eventScopes } from './log-file.js';

/** What a list of log files was asked for. Microseconds since the epoch. */
export interface LogQuery {
  readonly eventTypes: ReadonlySet<string>;
  readonly after: number;
  readonly before: number | undefined;
  readonly limit: number;
}

/** Which of the two path segments was asked. */
export type PrincipalKind = 'workspace' | 'organization';

/** Reads the parameters of a list, or says what is wrong with them. */
export function parseLogQuery(
  parameters: URLSearchParams,
  kind: PrincipalKind,
): LogQuery | { readonly refusal: Answer } {
  const faults: ParameterFault[] = [];
  const missing = (name: string) => faults.push({ name, msg: 'Field required', type: 'missing', input: null });
  const afterText = parameters.get('after');
  const eventTypes = eventTypesOf(parameters);
  if (eventTypes.size === 0) missing('event_type');
  if (afterText === null || afterText === '') missing('after');
  const limit = parseLimit(parameters.get('limit'), 100, 100);
  if (typeof limit === 'object') faults.push(limit);
  if (afterText === null || typeof limit === 'object' || faults.length > 0) return { refusal: unprocessable(faults) };

  const refusal = refuseEventTypes(eventTypes, kind);
  if (refusal !== undefined) return { refusal };
  const beforeText = parameters.get('before');
  const after = parseTimestamp(afterText);
  const before = beforeText === null ? undefined : parseTimestamp(beforeText);
  if (after === undefined) return { refusal: badTimestamp('after') };
  if (beforeText !== null && before === undefined) return { refusal: badTimestamp('before') };
  return { eventTypes, after, before, limit };
}

/** The asked event types: repeated, comma-separated, or both. */
export function eventTypesOf(parameters: URLSearchParams): ReadonlySet<string> {
  return new Set(
    parameters
      .getAll('event_type')
      .flatMap((value) => value.split(','))
      .filter((type) => type !== ''),
  );
}

/** Reads `limit`, or says what is wrong with it. */
export function parseLimit(text: string | null, byDefault: number, maximum: number): number | ParameterFault {
  if (text === null) return byDefault;
  if (!/^-?\d+$/.test(text)) {
    return {
      name: 'limit',
      msg: 'Input should be a valid integer, unable to parse string as an integer',
      type: 'int_parsing',
      input: text,
    };
  }
  const limit = Number(text);
  if (limit < 1)
    return {
      name: 'limit',
      msg: 'Input should be greater than or equal to 1',
      type: 'greater_than_equal',
      input: text,
    };
  if (limit > maximum) {
    return {
      name: 'limit',
      msg: `Input should be less than or equal to ${maximum}`,
      type: 'less_than_equal',
      input: text,
    };
  }
  return limit;
}

/** The 400 for a type that does not exist, or that lives on the other route. */
export function refuseEventTypes(types: ReadonlySet<string>, kind: PrincipalKind): Answer | undefined {
  for (const type of types) {
    const scope = Object.hasOwn(eventScopes, type) ? eventScopes[type] : undefined;
    if (scope === undefined) return complianceError(400, `invalid event_type: ${type}`, { param: 'event_type' });
    if (scope === 'both' || scope === kind) continue;
    const path = `/v1/compliance/${scope}s/{${scope}_id}/logs`;
    return complianceError(
      400,
      `${type} is ${scope === 'workspace' ? 'a' : 'an'} ${scope}-scoped event type. Use ${path}.`,
      { param: 'event_type' },
    );
  }
  return undefined;
}

function badTimestamp(name: string): Answer {
  return complianceError(400, `Invalid timestamp in '${name}': expected an ISO 8601 date-time.`, { param: name });
}

const json = { 'content-type': 'application/json' };

/** A JSON answer of the Compliance API. */
export function complianceAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { ...json, ...headers }, body };
}

const codes: Readonly<Record<number, string>> = { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' };

/** An error in the envelope that OpenAI's services share. */
export function complianceError(
  status: number,
  message: string,
  options: {
    readonly param?: string | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
  } = {},
): Answer {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  const error = { message, type, param: options.param ?? null, code: codes[status] ?? null };
  return complianceAnswer(status, { error }, options.headers);
}

/** One thing wrong with a parameter, as FastAPI reports it. */
export interface ParameterFault {
  readonly name: string;
  readonly msg: string;
  readonly type: string;
  readonly input: string | null;
}

/** 422, in FastAPI's shape. */
export function unprocessable(faults: readonly ParameterFault[]): Answer {
  const detail = faults.map(({ name, msg, type, input }) => ({ type, loc: ['query', name], msg, input }));
  return complianceAnswer(422, { detail });
}
