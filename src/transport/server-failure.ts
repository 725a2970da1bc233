import { isRecord } from '../internal/is-record.js';
import { isWebPage } from './is-web-page.js';

/** The shape a failure's body came in. */
export type FailureBodyKind = 'scim' | 'openai' | 'fastapi' | 'json' | 'html' | 'text' | 'empty';

/** What a failure's body says, as it came. */
export interface ServerFailure {
  readonly bodyKind: FailureBodyKind;
  readonly message?: string;
  /** One word: what is prose is left out. */
  readonly scimType?: string;
  /** The server's own word for the failure. */
  readonly code?: string;
}

/**
 * Reads the body of a failure, in any of the shapes servers use: SCIM (RFC 7644 §3.12), OpenAI's `{error: {message}}`,
 * OAuth's `{error, error_description}`, FastAPI's `{detail: [{loc, msg}]}`, `{detail}`, `{message}`, HTML, text, nothing.
 */
export function readServerFailure(text: string, contentType: string | null = null): ServerFailure {
  const trimmed = text.trim();
  if (trimmed === '') return { bodyKind: 'empty' };
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
  if (!isRecord(body)) return { bodyKind: 'json' };

  const { error, detail } = body;
  const inner = isRecord(error) ? error : body;
  const isScim =
    isText(body.scimType) ||
    (Array.isArray(body.schemas) && body.schemas.some((urn) => isText(urn) && /:api:messages:2\.0:Error$/i.test(urn)));
  const details = readDetail(detail);
  // What RFC 7644 says of the failure, before what a framework adds to it.
  const message = [
    isScim ? details : undefined,
    inner.message,
    body.error_description,
    error,
    details,
    body.title,
  ].find(isText);
  const code = [inner.code, inner.type, error].find(isWord);
  return {
    bodyKind: isScim
      ? 'scim'
      : error !== undefined
        ? 'openai'
        : Array.isArray(detail) && detail.some(isRecord)
          ? 'fastapi'
          : 'json',
    ...(message !== undefined && { message }),
    ...(isWord(body.scimType) && { scimType: body.scimType }),
    ...(code !== undefined && { code }),
  };
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

/** A word that a protocol may have: no prose, no address, no name of several words. */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z]\w{0,39}$/.test(value);
}

/** Where it was: the key of an object may be what somebody sent. */
function placeName(place: unknown): string {
  return typeof place === 'number' || isWord(place) ? String(place) : '[…]';
}
