import { isSdkError } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import type { AuditLogFileErrorCode } from '../../errors/sdk-error.js';
import { monotonicNow } from '../../internal/clock.js';
import { nodeBuiltin } from '../../internal/node-builtin.js';
import { readLocation } from '../../transport/headers.js';
import type { CallLimits, RequestOptions, SharedDeadline } from '../../transport/options.js';
import { backoff, retry, retryAfterOf } from '../../transport/retry.js';
import type { Transport } from '../../transport/transport.js';
import { AuditLogFileError } from '../errors.js';
import type { AuditLogFile } from './log-file.js';

export interface DownloadLimits {
  readonly maxFileBytes: number;
  /** Memory to read into, where it is large enough. */
  readonly into?: ArrayBuffer | undefined;
}

export interface DownloadPlan extends DownloadLimits {
  readonly transport: Transport;
  readonly file: AuditLogFile;
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  /** The limits are for the whole of it. */
  readonly options: RequestOptions & CallLimits;
}

const redirects = [301, 302, 303, 307, 308];

/**
 * Downloads a log file and checks it: size, then SHA-256. Each attempt asks for a new signed URL, since the old one may
 * have expired, and goes to the storage host without the key.
 *
 * @throws AuditLogFileError; ResponseError when the key may not have it; or the signal's own reason.
 */
export async function downloadLogFile(plan: DownloadPlan): Promise<Uint8Array<ArrayBuffer>> {
  const { file, maxFileBytes, transport, options } = plan;
  if ((file.file_size ?? 0) > maxFileBytes) throw new AuditLogFileError('file_too_large', { file, attempts: 0 });
  const { clock, random } = transport;
  const endsAtMs = monotonicNow(clock) + options.deadlineMs;
  return retry((attempt) => downloadOnce(plan, attempt, endsAtMs), {
    maxRetries: options.maxRetries,
    clock,
    signal: options.signal,
    endsAtMs,
    delayAfter: (failure, attempt) => delayAfter(failure, attempt, random),
  });
}

async function downloadOnce(plan: DownloadPlan, attempts: number, endsAtMs: number): Promise<Uint8Array<ArrayBuffer>> {
  const { file, transport, into } = plan;
  const remaining = () => ({
    ...plan.options,
    deadlineMs: Math.max(1, Math.ceil(endsAtMs - monotonicNow(transport.clock))),
    wholeDeadlineMs: plan.options.deadlineMs,
  });
  const fail = (code: AuditLogFileErrorCode, cause?: unknown) => new AuditLogFileError(code, { file, attempts, cause });
  let url: string | Uint8Array<ArrayBuffer>;
  try {
    url = await askForSignedUrl(plan, remaining());
  } catch (cause) {
    const isAboutTheKey = cause instanceof ResponseError && [401, 403].includes(cause.status);
    throw isSdkError(cause) && !isAboutTheKey ? fail('download_failed', cause) : cause;
  }
  if (typeof url !== 'string') return url;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const { signal, timeoutMs, deadlineMs, wholeDeadlineMs } = remaining();
    const route = `${plan.route}${storage}`;
    const maxBytes = file.file_size ?? plan.maxFileBytes;
    bytes = await transport.download({ url, route, maxBytes, into, signal, timeoutMs, deadlineMs, wholeDeadlineMs });
  } catch (cause) {
    if (!isOfStorage(cause)) throw cause;
    const tooLarge = file.file_size === undefined ? 'file_too_large' : 'size_mismatch';
    throw fail(cause.code === 'response_too_large' ? tooLarge : 'download_failed', cause);
  }
  // Both are as the list says, and it need not say them.
  if (bytes.byteLength !== (file.file_size ?? bytes.byteLength)) throw fail('size_mismatch');
  const hash = file.file_sha256?.toLowerCase();
  if (hash !== undefined && (await sha256(bytes)) !== hash) throw fail('hash_mismatch');
  const isVerified = hash !== undefined || file.file_size !== undefined;
  if (!isVerified && !looksLikeEvents(bytes)) throw fail('download_failed', notTheFile(`${plan.route}${storage}`));
  return bytes;
}

function delayAfter(failure: unknown, attempt: number, random: () => number): number | undefined {
  if (!(failure instanceof AuditLogFileError)) return undefined;
  const { code, cause } = failure;
  if (code === 'file_too_large') return undefined;
  if (code !== 'download_failed') return backoff(attempt, random);
  if (cause instanceof ResponseValidationError && cause.retryable) return backoff(attempt, random);
  if (!isOfStorage(cause)) {
    // It was listed: a replica may not have it yet. All else the transport has repeated as often as that helps.
    const isMissing = cause instanceof ResponseError && cause.status === 404;
    return isMissing ? backoff(attempt, random) : undefined;
  }
  // A refused URL has expired, most likely: a new one is a new chance, at once.
  if (cause instanceof ResponseError && !cause.retryable && attempt === 1) return 0;
  if (cause instanceof ConnectionError && !cause.retryable) return undefined;
  return Math.max(backoff(attempt, random), retryAfterOf(cause));
}

/** Ends the route of what is asked of the storage host. */
const storage = ' (storage)';

function isOfStorage(cause: unknown): cause is ResponseError | ConnectionError | ResponseValidationError {
  const isKnown = [ResponseError, ConnectionError, ResponseValidationError].some((Known) => cause instanceof Known);
  return isKnown && (cause as ConnectionError).route?.endsWith(storage) === true;
}

const longestLookBytes = 64 * 1024;

/** For a file of which the list says neither size nor SHA-256: a page of a proxy must not pass for it, nor nothing. */
function looksLikeEvents(bytes: Uint8Array<ArrayBuffer>): boolean {
  return new TextDecoder().decode(bytes.subarray(0, longestLookBytes)).includes('"event_id"');
}

function notTheFile(route: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} answered with something that is no log file.`, {
    method: 'GET',
    route,
    status: 200,
    issues: [{ path: [], message: 'expected lines with an `event_id`, as the list says neither size nor SHA-256' }],
    retryable: true,
  });
}

const longestErrorBytes = 64 * 1024;

/** Gives the file itself where a gateway has followed the redirect: it is the right one if its SHA-256 is. */
async function askForSignedUrl(
  { transport, route, params, file, maxFileBytes, into }: DownloadPlan,
  options: RequestOptions & SharedDeadline,
): Promise<string | Uint8Array<ArrayBuffer>> {
  const { status, headers, bytes } = await transport.send({
    method: 'GET',
    route,
    params,
    acceptStatuses: redirects,
    asBytes: { maxBytes: Math.max(file.file_size ?? maxFileBytes, longestErrorBytes), into },
    ...options,
  });
  const location = readLocation(headers);
  if (redirects.includes(status) && location !== null) return location;
  const isWhole = bytes.byteLength === (file.file_size ?? bytes.byteLength);
  if (isWhole && (await sha256(bytes)) === file.file_sha256?.toLowerCase()) return bytes;
  throw new ResponseValidationError(`GET ${route} answered with neither a redirect to the file nor the file.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [], message: 'expected a redirect with a location, or the bytes of the listed SHA-256' }],
    retryable: true,
  });
}

/** In lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Web Crypto copies what it hashes; this does not, and takes a tenth of the time that parsing takes.
  const node = nodeBuiltin<{ hash?(algorithm: string, bytes: Uint8Array, encoding: 'hex'): string }>('node:crypto');
  if (node?.hash !== undefined) return node.hash('sha256', bytes, 'hex');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
