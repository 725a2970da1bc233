import type { Answer } from '../core/answer.js';

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
