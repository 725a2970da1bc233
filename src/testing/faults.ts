import { EmulatorError } from '../errors/emulator-error.js';
import type { EmulatorRequest, EmulatorRoute, EmulatorService } from './routes.js';

/** Something that goes wrong, as a plain value. Made by {@link fault}. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    }
  | { readonly kind: 'retry_after_date'; readonly status: number; readonly waitMs: number }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'cut'; readonly when: 'before_commit' | 'during_body' | 'after_commit' }
  | { readonly kind: 'truncated_body'; readonly bytes: number | undefined }
  | { readonly kind: 'slow_body'; readonly bytes: number; readonly delayMs: number }
  | { readonly kind: 'header'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'corrupt_body' }
  | { readonly kind: 'query'; readonly set: Readonly<Record<string, string | undefined>>; readonly name: string }
  | { readonly kind: 'list'; readonly edit: 'drifting_page' | 'repeated_page' | 'empty_page' }
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
      return `status ${fault.status}`;
    case 'retry_after_date':
      return `status ${fault.status} with a Retry-After date`;
    case 'latency':
      return `latency of ${fault.ms} ms`;
    case 'cut':
      return `connection cut ${fault.when.replace('_', ' ')}`;
    case 'header':
      return `header ${fault.name}`;
    case 'list':
      return fault.edit.replace('_', ' ');
    case 'query':
    case 'response_body':
      return fault.name;
    default:
      return fault.kind.replace('_', ' ');
  }
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
   * An error answer instead of the real one; nothing is done. `retryAfter` is in seconds; `retryAfterDateMs` (milliseconds
   * from now) is sent as an HTTP date. The body is the service's own error shape unless you give one.
   */
  status(
    status: number,
    options: {
      readonly retryAfter?: number | undefined;
      readonly retryAfterDateMs?: number | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: unknown;
    } = {},
  ): Fault {
    if (options.retryAfterDateMs !== undefined) {
      return { kind: 'retry_after_date', status, waitMs: options.retryAfterDateMs };
    }
    const wait = options.retryAfter === undefined ? {} : { 'retry-after': String(options.retryAfter) };
    return { kind: 'status', status, headers: { ...wait, ...options.headers }, body: options.body };
  },
  /** A gateway's HTML page with this status. */
  html(status = 502): Fault {
    const body = `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><p>nginx</p></body></html>`;
    return { kind: 'status', status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
  },
  /** A redirect to another place, which a careful client does not follow with its credential. */
  redirect(location: string, status: 301 | 302 | 303 | 307 | 308 = 302): Fault {
    return { kind: 'status', status, headers: { location }, body: '' };
  },
  /** The answer comes this many milliseconds late, by the emulator's clock. */
  latency(ms: number): Fault {
    return { kind: 'latency', ms };
  },
  /**
   * The connection is reset: before anything is done, in the middle of the answer's body, or when all is done and nothing
   * answered yet (`after_commit`: the created user exists and nobody was told).
   */
  cut(when: 'before_commit' | 'during_body' | 'after_commit'): Fault {
    return { kind: 'cut', when };
  },
  /** The body ends early although the connection closes cleanly. Half of it, unless you say how many bytes are left. */
  truncatedBody(bytes?: number): Fault {
    return { kind: 'truncated_body', bytes };
  },
  /** The body drips: `bytes` at a time with `delayMs` before each piece. */
  slowBody(options: { readonly bytes: number; readonly delayMs: number }): Fault {
    return { kind: 'slow_body', ...options };
  },
  /** The right body under a wrong label. */
  contentType(contentType: string): Fault {
    return { kind: 'header', name: 'content-type', value: contentType };
  },
  /** Sets a header of the answer, or takes it away. */
  header(name: string, value: string | undefined): Fault {
    return { kind: 'header', name, value };
  },
  /** One byte of the body is another one: the SHA-256 no longer matches. */
  corruptBody(): Fault {
    return { kind: 'corrupt_body' };
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
  /** `totalResults` is this number, or the number of rows on the page. */
  totalResults(total: number | 'page_size'): Fault {
    return { kind: 'total_results', total };
  },
  /** Whatever else: your function gets the body of the answer and gives another one. */
  body(name: string, edit: (body: unknown, request: EmulatorRequest) => unknown): Fault {
    return { kind: 'response_body', name, edit };
  },
};

/** Which requests a fault meets. Every given condition must hold. */
export interface FaultTarget {
  /** One or more routes, method included, such as `GET /Users`. */
  readonly route?: EmulatorRoute | readonly EmulatorRoute[] | undefined;
  /** One of the three origins: SCIM, Compliance API, or the storage of the signed URLs. */
  readonly service?: EmulatorService | undefined;
  /** A condition of your own, called for every request that meets the others. */
  readonly when?: ((request: EmulatorRequest) => boolean) | undefined;
  /** Lets this many matching requests pass first. @default 0 */
  readonly skip?: number | undefined;
  /** Meets this many requests, then is used up. `Infinity` for all of them. @default 1 */
  readonly times?: number | undefined;
}

/** A fault in the plan. */
export interface PlannedFault {
  /** What goes wrong. */
  readonly fault: Fault;
  /** How many requests it has met. */
  readonly used: number;
  /** Takes it out of the plan; it is then not reported as unused. */
  remove(): void;
}

interface Entry {
  readonly fault: Fault;
  readonly target: FaultTarget;
  skip: number;
  left: number;
  used: number;
}

/** The faults that are still to come. */
export class FaultPlan {
  #entries: Entry[] = [];

  /**
   * Plans a fault. Without a target it meets the next request; several may meet one. {@link Emulator.close} throws if one
   * was not used.
   */
  add(fault: Fault, target: FaultTarget = {}): PlannedFault {
    const entry: Entry = { fault, target, skip: target.skip ?? 0, left: target.times ?? 1, used: 0 };
    this.#entries.push(entry);
    return {
      fault,
      get used() {
        return entry.used;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** Forgets every planned fault, used or not. */
  clear(): void {
    this.#entries = [];
  }

  /** Faults that met fewer requests than planned; `Infinity` expects at least one. */
  get unused(): readonly string[] {
    return this.#entries.filter(isUnused).map(describe);
  }

  /** @internal The faults this request meets. */
  take(request: EmulatorRequest, service: EmulatorService, route: EmulatorRoute | undefined): readonly Fault[] {
    const taken: Fault[] = [];
    for (const entry of this.#entries) {
      if (entry.left <= 0 || !matches(entry.target, request, service, route)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.used += 1;
      taken.push(entry.fault);
    }
    return taken;
  }

  /** @internal */
  complaints(): EmulatorError[] {
    const unused = this.unused;
    if (unused.length === 0) return [];
    const message = `Unused faults: ${unused.join('; ')}.`;
    const remedy = 'Check the route and count of each fault, or remove the fault if it is optional.';
    return [new EmulatorError('unused_fault', message, { remedy })];
  }
}

function isUnused(entry: Entry): boolean {
  return entry.left === Number.POSITIVE_INFINITY ? entry.used === 0 : entry.left > 0;
}

function matches(
  target: FaultTarget,
  request: EmulatorRequest,
  service: EmulatorService,
  route: EmulatorRoute | undefined,
): boolean {
  if (target.service !== undefined && target.service !== service) return false;
  if (target.route !== undefined && ![target.route].flat().some((wanted) => wanted === route)) return false;
  return target.when === undefined || target.when(request);
}

function describe(entry: Entry): string {
  const { route, service } = entry.target;
  const place = route === undefined ? (service ?? 'any route') : [route].flat().join(' or ');
  const share =
    entry.left === Number.POSITIVE_INFINITY ? 'never used' : `used ${entry.used} of ${entry.used + entry.left} times`;
  return `${faultName(entry.fault)} on ${place} (${share})`;
}
