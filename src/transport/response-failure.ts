import { generalRemedies, networkRemedies, responseRemedies } from '../errors/remedies/network.js';
import { ResponseError, type ResponseErrorFacts, ResponseValidationError } from '../errors/response-errors.js';
import { ScimError } from '../errors/scim-errors.js';
import type { ResponseErrorCode } from '../errors/sdk-error.js';
import { isRecord } from '../internal/json.js';
import { excessOf } from '../internal/json-limits.js';
import { maskText } from '../internal/mask-text.js';
import { createPrivateTag } from '../internal/private-tag.js';
import { isWebPage } from './body.js';
import { isErrorSchema } from './error-body.js';
import { readLocation } from './headers.js';
import type { ServiceName, TransportRequest } from './options.js';
import { isEcho } from './redact.js';
import { isRetryableStatus } from './retry.js';

export interface Failure extends Pick<FailedResponse, 'method' | 'route' | 'status'> {
  readonly code: ResponseErrorCode;
  /** Already masked. */
  readonly serverMessage: string | undefined;
  /** As the server spelled it, to be compared with words that are known, and never to be printed. Like `scimType`. */
  readonly serverCode: string | undefined;
  readonly scimType: string | undefined;
  readonly bodyKind: FailureBodyKind;
}

/** Says what to do about a failure, of which the parts of the path were these; `undefined` leaves the general advice. */
export type Explain = (
  failure: Failure,
  params?: TransportRequest['params'],
) => { readonly remedy?: string | undefined } | undefined;

export interface FailedResponse extends Pick<ResponseErrorFacts, 'method' | 'route' | 'status' | 'attempts'> {
  readonly service: ServiceName | 'storage';
  /** Where it was sent, to resolve a relative `Location`. */
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** What must not reach the message: the credential, what the caller sent. */
  readonly known: readonly string[];
  readonly explain?: Explain | undefined;
}

const codes: Readonly<Record<number, ResponseErrorCode>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  410: 'gone',
  412: 'precondition_failed',
  413: 'payload_too_large',
  422: 'unprocessable',
  428: 'precondition_required',
  429: 'rate_limited',
  501: 'not_implemented',
};

const longestBody = 64 * 1024;

export function responseToError(answer: FailedResponse): ResponseError {
  const { service, method, route, status, headers, known } = answer;
  const said = readServerFailure(answer.text, headers.get('content-type'));
  const { bodyKind } = said;
  const scimType = unlessMasked(said.scimType, known);
  const serverCode = unlessMasked(said.code, known);
  const serverMessage = said.message === undefined ? undefined : maskText(said.message, known) || undefined;
  const isRedirect = status === 0 || (status >= 300 && status < 400 && headers.has('location'));
  const code: ResponseErrorCode = isRedirect
    ? 'unexpected_redirect'
    : said.scimType === 'uniqueness'
      ? 'uniqueness'
      : (codes[status] ?? (status >= 500 && status < 600 ? 'server_error' : 'unexpected_status'));

  const words = isRedirect
    ? ` The server redirects to ${originOf(readLocation(headers), answer.url, known)}.`
    : bodyKind === 'html'
      ? ' The answer is an HTML page, perhaps from a proxy or a sign-in page.'
      : '';
  const ownWords = [...new Set([scimType, serverCode])]
    .filter((word) => word !== undefined && word !== code)
    .join(', ');
  const message = `${method} ${route} failed: ${status} ${code}${ownWords === '' ? '' : ` (${ownWords})`}.${words}${tried(answer.attempts)}`;
  const own = { serverCode: said.code, scimType: said.scimType };
  const failure: Failure = { status, code, serverMessage, ...own, bodyKind, method, route };
  const remedy =
    answer.explain?.(failure)?.remedy ??
    remedyFor(service, status, code) ??
    (serverMessage !== undefined
      ? generalRemedies.read_server_message
      : isRetryableStatus(status)
        ? generalRemedies.outage
        : undefined);

  const facts: ResponseErrorFacts = {
    method,
    route,
    status,
    attempts: answer.attempts,
    requestId: answer.requestId,
    retryAfterMs: answer.retryAfterMs,
    retryable: isRetryableStatus(status),
    serverMessage,
    serverCode,
    body: answer.text === '' ? undefined : answer.text.slice(0, longestBody),
    remedy,
  };
  return service === 'scim'
    ? new ScimError(code, message, { ...facts, scimType, detail: said.message })
    : new ResponseError(code, message, facts);
}

function remedyFor(service: FailedResponse['service'], status: number, code: ResponseErrorCode): string | undefined {
  if (service === 'storage') return [401, 403, 404, 410].includes(status) ? generalRemedies.url_expired : undefined;
  if (code === 'unexpected_redirect') return networkRemedies.redirected.remedy;
  const remedies: Partial<Record<ResponseErrorCode, string>> = responseRemedies;
  return remedies[code];
}

function unlessMasked(word: string | undefined, known: readonly string[]): string | undefined {
  return word !== undefined && maskText(word, known) === word && !isEcho(word, known) ? word : undefined;
}

function originOf(location: string | null, base: string, known: readonly string[]): string {
  // A browser tells that there is a redirect, and not where to.
  if (location === null) return 'another address';
  try {
    const { origin } = new URL(location, base);
    // A host may be named after what was sent to it.
    return known.some((value) => value.length > 2 && origin.includes(value.toLowerCase())) ? 'another address' : origin;
  } catch {
    return 'an unreadable address';
  }
}

export type FailureBodyKind = 'scim' | 'openai' | 'fastapi' | 'json' | 'html' | 'text' | 'empty';

interface ServerFailure {
  readonly bodyKind: FailureBodyKind;
  readonly message?: string;
  /** One word, like `code`: prose is left out. */
  readonly scimType?: string;
  readonly code?: string;
}

/**
 * Reads the body of a failure, in any of the shapes servers use: SCIM (RFC 7644 §3.12), OpenAI's `{error: {message}}`,
 * OAuth's `{error, error_description}`, FastAPI's `{detail: [{loc, msg}]}`, `{detail}`, `{message}`, HTML, text, nothing.
 */
export function readServerFailure(text: string, contentType: string | null = null): ServerFailure {
  const trimmed = text.trim();
  if (trimmed === '') return { bodyKind: 'empty' };
  // Words that lie so deep were meant for nobody.
  if (/^[[{]/.test(trimmed) && excessOf(trimmed) !== undefined) return { bodyKind: 'json' };
  let body: unknown;
  try {
    body = JSON.parse(trimmed);
  } catch {
    if (isWebPage(trimmed, contentType)) return { bodyKind: 'html' };
    // XML, as storage services send it.
    const xmlCode = /<Code>([A-Za-z]\w{0,39})<\/Code>/.exec(trimmed.slice(0, 2_000))?.[1];
    return {
      bodyKind: 'text',
      message: trimmed.replace(/<[^<>]{0,200}>/g, ' '),
      ...(xmlCode !== undefined && { code: xmlCode }),
    };
  }
  if (isText(body)) return { bodyKind: 'text', message: body };
  const layers = [...layersOf(body)];
  if (!isRecord(body)) return { bodyKind: 'json', ...spoken(layers) };

  const { error, detail } = body;
  const inner = isRecord(error) ? error : body;
  const scimType = layers.map((layer) => layer.scimType).find(isText);
  // `Errors` is that of SCIM 1.1.
  const isOlder = Array.isArray(body.Errors) && body.Errors.some(isRecord);
  const isScim = scimType !== undefined || isOlder || layers.some(({ schemas }) => isErrorSchema(schemas));
  const details = readDetail(detail);
  // What RFC 7644 has, before what a framework adds.
  const texts = [isScim ? details : undefined, inner.message, body.error_description, error, details, body.title];
  const message = texts.find(isText);
  const code = [inner.code, inner.type, error].find(isWord);
  return {
    bodyKind: isScim
      ? 'scim'
      : error !== undefined
        ? 'openai'
        : Array.isArray(detail) && detail.some(isRecord)
          ? 'fastapi'
          : 'json',
    ...(message === undefined ? spoken(layers) : { message }),
    ...(isWord(scimType) && { scimType }),
    ...(code !== undefined && { code }),
  };
}

const wrappers = /^(?:errors?|scimerror|fault|exception|detail|details|response|result|data|body|status)$/i;
const sentences = /^(?:detail|message|description|errormessage|errorsummary|faultstring|reason|title|msg|error)$/i;
const deepestLayer = 3;
const mostItems = 5;

/** What a gateway or an older server has wrapped an error in, and the error inside: outermost first. */
function* layersOf(value: unknown, depth = 0): Generator<Readonly<Record<string, unknown>>, void, undefined> {
  if (depth > deepestLayer) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, mostItems)) yield* layersOf(item, depth + 1);
  } else if (isRecord(value)) {
    yield value;
    for (const [name, inner] of Object.entries(value)) if (wrappers.test(name)) yield* layersOf(inner, depth + 1);
  }
}

/** The words of whichever layers have some. */
function spoken(layers: readonly Readonly<Record<string, unknown>>[]): { readonly message?: string } {
  const texts = layers.flatMap((layer) => {
    const said = Object.entries(layer).find(([name, text]) => sentences.test(name) && isText(text));
    return said === undefined ? [] : [String(said[1])];
  });
  return texts.length === 0 ? {} : { message: [...new Set(texts)].slice(0, mostItems).join('; ') };
}

function readDetail(detail: unknown): string | undefined {
  if (isText(detail)) return detail;
  if (!Array.isArray(detail)) return undefined;
  const lines = detail.slice(0, 5).map((item) => {
    if (!isRecord(item)) return isText(item) ? item : '';
    const where = Array.isArray(item.loc) ? `${item.loc.map(placeName).join('.')}: ` : '';
    return `${where}${isText(item.msg) ? item.msg : ''}`;
  });
  return lines.filter(isText).join('; ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]\w{0,39}$/.test(value);
}

/** A key of an object may be what somebody sent. */
function placeName(place: unknown): string {
  return typeof place === 'number' || isWord(place) ? String(place) : '[…]';
}

/** Of a success that is not what was asked for: what came, where a person would call it something. */
export const receivedTag = /* @__PURE__ */ createPrivateTag<'page' | 'error'>();

const received = {
  nothing: 'nothing',
  text: 'a text that is not JSON',
  too_deep: 'JSON that is nested too deep',
  page: 'an HTML page, perhaps a proxy or sign-in page',
  error: 'an error',
};

/** A success that is not what was asked for. A read is asked again: something on the way may have answered instead. */
export function wrongAnswer(
  { method, route, attempts }: Pick<FailedResponse, 'method' | 'route' | 'attempts'>,
  status: number,
  kind: keyof typeof received,
  innerStatus?: number,
): ResponseValidationError {
  const what = `${received[kind]}${innerStatus === undefined ? '' : ` of status ${innerStatus}`}`;
  const error = new ResponseValidationError(
    `${method} ${route} was answered ${status} with ${what}.${tried(attempts)}`,
    {
      method,
      route,
      status,
      issues: [
        {
          path: [],
          message: kind === 'error' ? 'Expected no error in a success.' : `Expected JSON, received ${what}.`,
        },
      ],
      retryable: method === 'GET',
      innerStatus,
      remedy: kind === 'error' ? generalRemedies.error_in_success : generalRemedies.wrong_answer,
    },
  );
  if (kind === 'page' || kind === 'error') receivedTag.set(error, kind);
  return error;
}

function tried(attempts: number): string {
  return attempts > 1 ? ` Tried ${attempts} times.` : '';
}
