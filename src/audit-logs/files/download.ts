import { isSdkError } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import type { AuditLogFileErrorCode } from '../../errors/sdk-error.js';
import { nodeBuiltin } from '../../internal/node-builtin.js';
import type { CallLimits, RequestOptions, Transport } from '../../transport/options.js';
import { AuditLogFileError } from '../errors.js';
import type { AuditLogFile, LogFilePage } from './log-file.js';

/** One page of files of one event type. */
export interface FilesQuery {
  readonly eventType: string;
  /** As it is sent. */
  readonly after: string;
  readonly before: string | undefined;
}

/** How a file is downloaded. */
export interface DownloadLimits {
  readonly maxFileBytes: number;
  /** Memory to read into, where it is large enough. */
  readonly into?: ArrayBuffer | undefined;
}

/** Where the log files of one principal come from. */
export interface LogSource {
  /** Route template of the list. */
  readonly route: string;
  list(query: FilesQuery, options: RequestOptions): Promise<LogFilePage>;
  /** The bytes, verified. */
  download(file: AuditLogFile, limits: DownloadLimits, options: RequestOptions): Promise<Uint8Array<ArrayBuffer>>;
}

/** What to download, and from where. */
export interface DownloadPlan extends DownloadLimits {
  readonly transport: Transport;
  readonly file: AuditLogFile;
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
  /** The limits are for the whole of it. */
  readonly options: RequestOptions & CallLimits;
}

interface Failure {
  readonly code: AuditLogFileErrorCode;
  readonly cause?: unknown;
  /** Not set where another attempt cannot do better. */
  readonly waitMs?: number | undefined;
}

const redirects = [301, 302, 303, 307, 308];
const firstBackoffMs = 500;
const longestBackoffMs = 8_000;
const longestRetryAfterMs = 60_000;

/**
 * Downloads a log file and checks it: size, then SHA-256. Each attempt asks for a new signed URL, since the old one may
 * have expired, and goes to the storage host without the key.
 *
 * @throws AuditLogFileError when the file cannot be had; ResponseError when the key may not have it; or the signal's own
 * reason.
 */
export async function downloadLogFile(plan: DownloadPlan): Promise<Uint8Array<ArrayBuffer>> {
  const { file, maxFileBytes, transport, options } = plan;
  if (file.file_size > maxFileBytes) throw new AuditLogFileError('file_too_large', { file, attempts: 0 });
  const { clock } = transport;
  const endsAtMs = clock.now() + options.deadlineMs;
  for (let attempt = 1; ; attempt++) {
    const result = await attemptDownload(plan, attempt, endsAtMs);
    if (result instanceof Uint8Array) return result;
    const { code, cause, waitMs } = result;
    if (waitMs === undefined || attempt > options.maxRetries || clock.now() + waitMs >= endsAtMs)
      throw new AuditLogFileError(code, { file, attempts: attempt, cause });
    await clock.sleep(waitMs, options.signal);
  }
}

async function attemptDownload(
  plan: DownloadPlan,
  attempt: number,
  endsAtMs: number,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const { file, transport } = plan;
  const remaining = () => ({ ...plan.options, deadlineMs: Math.max(1, endsAtMs - transport.clock.now()) });
  const backoffMs = transport.random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));

  let url: string;
  try {
    url = await askForSignedUrl(plan, remaining());
  } catch (cause) {
    plan.options.signal?.throwIfAborted();
    // The transport has repeated what can be repeated.
    if (!isSdkError(cause) || isAboutTheKey(cause)) throw cause;
    return { code: 'download_failed', cause };
  }

  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const { signal, timeoutMs, deadlineMs } = remaining();
    const route = `${plan.route} (storage)`;
    const { into } = plan;
    bytes = await transport.download({ url, route, maxBytes: file.file_size, into, signal, timeoutMs, deadlineMs });
  } catch (cause) {
    // Whatever the reason is: it may be an error of this library.
    plan.options.signal?.throwIfAborted();
    return judgeStorageFailure(cause, attempt, backoffMs);
  }
  if (bytes.byteLength !== file.file_size) return { code: 'size_mismatch', waitMs: backoffMs };
  if ((await sha256(bytes)) !== file.file_sha256.toLowerCase()) return { code: 'hash_mismatch', waitMs: backoffMs };
  return bytes;
}

async function askForSignedUrl({ transport, route, params }: DownloadPlan, options: RequestOptions): Promise<string> {
  const { status, headers } = await transport.send({
    method: 'GET',
    route,
    params,
    acceptStatuses: redirects,
    ...options,
  });
  const location = headers.get('location');
  if (redirects.includes(status) && location !== null) return location;
  throw new ResponseValidationError(`GET ${route} did not answer with a redirect to the file.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [], message: 'expected a redirect with a location' }],
  });
}

function isAboutTheKey(cause: unknown): boolean {
  return cause instanceof ResponseError && (cause.status === 401 || cause.status === 403);
}

function judgeStorageFailure(cause: unknown, attempt: number, backoffMs: number): Failure {
  if (cause instanceof ConnectionError) {
    if (cause.code === 'response_too_large') return { code: 'size_mismatch', cause, waitMs: backoffMs };
    return { code: 'download_failed', cause, waitMs: cause.retryable ? backoffMs : undefined };
  }
  if (!(cause instanceof ResponseError)) throw cause;
  // A refused URL has expired, most likely: a new one is a new chance, at once.
  const expired = !cause.retryable && attempt === 1;
  const waitMs = expired ? 0 : Math.max(backoffMs, Math.min(cause.retryAfterMs ?? 0, longestRetryAfterMs));
  return { code: 'download_failed', cause, waitMs };
}

interface NodeCrypto {
  readonly hash?: (algorithm: string, bytes: Uint8Array, encoding: 'hex') => string;
}

/** The SHA-256 of the bytes, in lower-case hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Web Crypto copies what it hashes; this does not, and takes a tenth of the time that parsing takes.
  const node = nodeBuiltin<NodeCrypto>('node:crypto');
  if (node?.hash !== undefined) return node.hash('sha256', bytes, 'hex');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
