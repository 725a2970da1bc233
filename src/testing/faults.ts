import { checkChoice, checkNumber, checkOptions, checkText, checkWord } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import type { EmulatorRequest } from './routes.js';

/** Something that goes wrong, as a plain value. Made by {@link fault}. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly sentAs: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Milliseconds from now, for a `Retry-After` that is a date. */
      readonly retryAfterDateMs: number | undefined;
      readonly body: unknown;
      readonly afterCommit: boolean;
    }
  | { readonly kind: 'meanwhile'; readonly name: string; readonly change: () => unknown }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'cut'; readonly when: 'before_commit' | 'during_body' | 'after_commit' }
  | { readonly kind: 'truncated_body'; readonly bytes: number | undefined }
  | { readonly kind: 'slow_body'; readonly bytes: number; readonly delayMs: number }
  | { readonly kind: 'header'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'corrupt_body' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'followed_redirect' }
  | { readonly kind: 'missing_fields'; readonly names: readonly string[] }
  | { readonly kind: 'query'; readonly set: Readonly<Record<string, string | undefined>>; readonly name: string }
  | { readonly kind: 'list'; readonly edit: 'drifting_page' | 'repeated_page' | 'empty_page' | 'repeated_row' }
  | { readonly kind: 'cursor'; readonly edit: 'missing_cursor' | 'repeated_cursor' }
  | { readonly kind: 'total_results'; readonly total: number | 'page_size' }
  | { readonly kind: 'expired_url' }
  | {
      readonly kind: 'response_body';
      readonly name: string;
      readonly edit: (body: unknown, request: EmulatorRequest) => unknown;
    };

/** The name of a fault in the request log and in errors. */
export function faultName(fault: Fault): string {
  switch (fault.kind) {
    case 'status':
      return statusName(fault);
    case 'latency':
      return `latency of ${fault.ms} ms`;
    case 'cut':
      return `connection cut ${fault.when.replace('_', ' ')}`;
    case 'header':
      return `header ${fault.name}`;
    case 'list':
    case 'cursor':
      return fault.edit.replace('_', ' ');
    case 'missing_fields':
      return `without ${fault.names.join(', ')}`;
    case 'query':
    case 'meanwhile':
    case 'response_body':
      return fault.name;
    default:
      return fault.kind.replace('_', ' ');
  }
}

function statusName({ status, sentAs, retryAfterDateMs, afterCommit }: Extract<Fault, { kind: 'status' }>): string {
  const date = retryAfterDateMs === undefined ? '' : ' with a Retry-After date';
  return `status ${status}${date}${sentAs === status ? '' : ` sent as ${sentAs}`}${afterCommit ? ' after commit' : ''}`;
}

/** How {@link fault.status} answers. */
export interface StatusOptions {
  /** Seconds, as the header `Retry-After` has them. */
  readonly retryAfter?: number | undefined;
  /** Milliseconds from now, sent as an HTTP date in `Retry-After`. */
  readonly retryAfterDateMs?: number | undefined;
  /** More headers of the answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default an error in the service's own shape */
  readonly body?: unknown;
  /** The body speaks of the one status, HTTP of this one: 200 for a failure that looks like a success. */
  readonly sentAs?: number | undefined;
  /** Does what was asked first, and then answers as if it had not. @default false */
  readonly afterCommit?: boolean | undefined;
}

/**
 * Makes the values that `emulator.faults.add` takes.
 *
 * @example
 * import { createEmulator, fault } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator();
 * emulator.faults.add(fault.status(429, { retryAfter: 2 }), { route: 'GET /Users' });
 * emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Users' });
 */
export const fault = {
  /**
   * An error answer instead of the real one, with any status from 200 to 599. Nothing is done, unless `afterCommit` says so.
   * The body is the service's own error shape unless you give one.
   *
   * @throws InputError for an option there is not, and for a status that HTTP has not.
   */
  status(status: number, options: StatusOptions = {}): Fault {
    const own = checkOptions('fault.status()', options, statusOptions);
    const { retryAfter, retryAfterDateMs, headers, body, sentAs = status, afterCommit = false } = own;
    checkStatus('status', status);
    checkStatus('sentAs', sentAs);
    checkChoice('afterCommit', afterCommit, [true, false]);
    if (retryAfter !== undefined && typeof retryAfter !== 'number') checkText('retryAfter', retryAfter);
    const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { kind: 'status', status, sentAs, headers: { ...wait, ...headers }, retryAfterDateMs, body, afterCommit };
  },
  /** A gateway's HTML page with this status. */
  html(status = 502): Fault {
    checkStatus('status', status);
    const body = `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>nginx</p></body></html>`;
    return fault.status(status, { headers: { 'content-type': 'text/html; charset=utf-8' }, body });
  },
  /** A redirect to another place, which a careful client does not follow with its credential. */
  redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): Fault {
    checkText('location', location);
    return fault.status(status, { headers: { location }, body: '' });
  },
  /** The answer comes this many milliseconds late, by the emulator's clock. */
  latency(ms: number): Fault {
    return { kind: 'latency', ms: checkNumber('ms', ms, 0, false) };
  },
  /**
   * The connection is reset: before anything is done, in the middle of the answer's body, or when all is done and nothing
   * answered yet (`after_commit`: the created user exists and nobody was told).
   */
  cut(when: 'before_commit' | 'during_body' | 'after_commit'): Fault {
    return { kind: 'cut', when: checkChoice('when', when, ['before_commit', 'during_body', 'after_commit']) };
  },
  /** The body ends early although the connection closes cleanly. Half of it, unless you say how many bytes are left. */
  truncatedBody(bytes?: number): Fault {
    return { kind: 'truncated_body', bytes: bytes === undefined ? bytes : checkNumber('bytes', bytes, 0) };
  },
  /** The body drips: `bytes` at a time with `delayMs` before each piece. */
  slowBody(options: { readonly bytes: number; readonly delayMs: number }): Fault {
    const { bytes, delayMs } = checkOptions('fault.slowBody()', options, { bytes: true, delayMs: true });
    return {
      kind: 'slow_body',
      bytes: checkNumber('bytes', bytes),
      delayMs: checkNumber('delayMs', delayMs, 0, false),
    };
  },
  /** The right body under a wrong label. */
  contentType(contentType: string): Fault {
    checkText('contentType', contentType);
    return fault.header('content-type', contentType);
  },
  /** Sets a header of the answer, or takes it away. */
  header(name: string, value: string | undefined): Fault {
    checkText('name', name);
    if (value !== undefined) checkText('value', value);
    return { kind: 'header', name, value };
  },
  /** One byte of the body is another one: the SHA-256 no longer matches. */
  corruptBody(): Fault {
    return { kind: 'corrupt_body' };
  },
  /** The body is packed, and labelled so. With {@link fault.truncatedBody} planned after it, the packed body is cut. */
  gzip(): Fault {
    return { kind: 'gzip' };
  },
  /** A gateway follows the redirect of a log file by itself and delivers the file: 200 instead of 307. */
  followedRedirect(): Fault {
    return { kind: 'followed_redirect' };
  },
  /** The rows of a list, or the resource, lack these fields. */
  without(...names: readonly string[]): Fault {
    for (const name of names) checkText('name', name);
    return { kind: 'missing_fields', names };
  },
  /** Somebody else is at work: your function changes the world before the request is answered. `name` is for the log. */
  meanwhile(name: string, change: () => unknown): Fault {
    checkText('name', name);
    return { kind: 'meanwhile', name, change: checkChoice('change', change, [], true) };
  },
  /** The signed URL is refused as expired. For `GET /storage/{file}`. */
  expiredUrl(): Fault {
    return { kind: 'expired_url' };
  },
  /** The filter is ignored: every resource comes back. */
  ignoredFilter(): Fault {
    return { kind: 'query', set: { filter: undefined }, name: 'ignored filter' };
  },
  /** The first page comes again, whatever page was asked for. */
  repeatedPage(): Fault {
    return { kind: 'list', edit: 'repeated_page' };
  },
  /** The page starts one row too early, as when a row was inserted between two pages: its first row was seen before. */
  driftingPage(): Fault {
    return { kind: 'list', edit: 'drifting_page' };
  },
  /** The page is empty although there is more. */
  emptyPage(): Fault {
    return { kind: 'list', edit: 'empty_page' };
  },
  /** The last row of the page is the first one again: one id twice. */
  repeatedRow(): Fault {
    return { kind: 'list', edit: 'repeated_row' };
  },
  /** The page says that there is more, and does not say where. For the lists of the Admin and the Compliance side. */
  missingCursor(): Fault {
    return { kind: 'cursor', edit: 'missing_cursor' };
  },
  /**
   * The page says that there is more, and names itself as the next one: who believes it asks for ever. From the second page on;
   * the first one was asked for without a cursor.
   */
  repeatedCursor(): Fault {
    return { kind: 'cursor', edit: 'repeated_cursor' };
  },
  /** `totalResults` is this number, or the number of rows on the page. */
  totalResults(total: number | 'page_size'): Fault {
    if (total !== 'page_size') checkNumber('total', total, 0);
    return { kind: 'total_results', total };
  },
  /** Whatever else: your function gets the body of the answer and gives another one. */
  body(name: string, edit: (body: unknown, request: EmulatorRequest) => unknown): Fault {
    checkText('name', name);
    return { kind: 'response_body', name, edit: checkChoice('edit', edit, [], true) };
  },
};

/** The parts of each kind of fault, and whether it can do nothing without. */
const partsOf: {
  readonly [Kind in Fault['kind']]: {
    readonly [Part in Exclude<keyof Extract<Fault, { kind: Kind }>, 'kind'>]: boolean;
  };
} = {
  status: { status: true, sentAs: true, headers: true, retryAfterDateMs: false, body: false, afterCommit: true },
  meanwhile: { name: true, change: true },
  latency: { ms: true },
  cut: { when: true },
  truncated_body: { bytes: false },
  slow_body: { bytes: true, delayMs: true },
  header: { name: true, value: false },
  corrupt_body: {},
  gzip: {},
  followed_redirect: {},
  missing_fields: { names: true },
  query: { set: true, name: true },
  list: { edit: true },
  cursor: { edit: true },
  total_results: { total: true },
  expired_url: {},
  response_body: { name: true, edit: true },
};

/** Refuses what `fault` did not make: it would meet a request and do nothing to it. @throws InputError */
export function checkFault(given: Fault): void {
  const remedy = 'Make it with `fault`, such as `fault.status(503)`.';
  if (!isRecord(given) || typeof given.kind !== 'string') {
    throw new InputError('This is not a fault.', { path: ['fault'], remedy });
  }
  checkWord('a kind of fault', given.kind, Object.keys(partsOf), ['fault', 'kind']);
  const parts: Readonly<Record<string, boolean>> = partsOf[given.kind];
  for (const part of Object.keys(given)) {
    checkWord(
      `a part of a fault of the kind \`${given.kind}\``,
      part,
      ['kind', ...Object.keys(parts)],
      ['fault', part],
    );
  }
  const missing = Object.keys(parts).find((part) => parts[part] && Reflect.get(given, part) === undefined);
  if (missing === undefined) return;
  throw new InputError(`A fault of the kind \`${given.kind}\` needs \`${missing}\`.`, {
    path: ['fault', missing],
    remedy,
  });
}

const statusOptions = {
  retryAfter: true,
  retryAfterDateMs: true,
  headers: true,
  body: true,
  sentAs: true,
  afterCommit: true,
} as const;

function checkStatus(name: string, status: number): void {
  if (Number.isInteger(status) && status >= 200 && status <= 599) return;
  throw new InputError(`\`${name}\` must be an HTTP status from 200 to 599.`, { path: [name] });
}
