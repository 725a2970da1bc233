import { type EmulatorRequest, type EmulatorRoute, type EmulatorService, tokenRoute } from './routes.js';

/** One request the emulator has seen. Printing it shows no credential and no body. */
export class RecordedRequest {
  /** Counts from 1. */
  readonly number: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly receivedAt: number;
  /** HTTP method. */
  readonly method: string;
  /** The URL as it was asked for. */
  readonly url: string;
  /** Which side it came to. Absent when the emulator knows no such origin. */
  readonly service: EmulatorService | undefined;
  /** The route it came to, method included: `GET /Users/{id}`. Absent when the emulator has no such route. */
  readonly route: EmulatorRoute | undefined;
  /** The status it was answered with; absent when the connection was cut before an answer. */
  status: number | undefined = undefined;
  /** Names of the faults it met. */
  faults: readonly string[] = [];
  readonly #request: EmulatorRequest;

  /** @hidden */
  constructor(number: number, receivedAt: number, request: EmulatorRequest, route: EmulatorRoute | undefined) {
    this.number = number;
    this.receivedAt = receivedAt;
    this.method = request.method;
    this.url = request.url.href;
    this.service = request.service;
    this.route = route;
    this.#request = request;
  }

  /** Header names in lower case; the value of `authorization` is replaced by its scheme and `[redacted]`. */
  get headers(): Record<string, string> {
    const headers = Object.fromEntries(this.#request.headers);
    const authorization = headers.authorization;
    if (authorization !== undefined) headers.authorization = redactAuthorization(authorization);
    return headers;
  }

  /** Query parameters; of a repeated one the last. */
  get query(): Record<string, string> {
    return Object.fromEntries(this.#request.url.searchParams);
  }

  /** The body as it came; empty when there was none. In that of a token request the client's secret is `[redacted]`. */
  get bodyText(): string {
    const { body } = this.#request;
    return this.route === tokenRoute ? body.replace(/\b(client_secret=)[^&]*/g, '$1[redacted]') : body;
  }

  /** The body as JSON; `undefined` when there was none. @throws SyntaxError when it is not JSON. */
  get body(): unknown {
    return this.#request.body === '' ? undefined : JSON.parse(this.#request.body);
  }
}

function redactAuthorization(value: string): string {
  const space = value.indexOf(' ');
  return space === -1 ? '[redacted]' : `${value.slice(0, space)} [redacted]`;
}

/** What the emulator was asked, oldest first. */
export class RequestLog implements Iterable<RecordedRequest> {
  readonly #kept: RecordedRequest[] = [];
  readonly #limit: number;
  #count = 0;

  /** @hidden Keeps the newest `limit` requests. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many requests were seen, also those no longer kept. */
  get total(): number {
    return this.#count;
  }

  /** The newest one. */
  get last(): RecordedRequest | undefined {
    return this.#kept.at(-1);
  }

  /** The kept requests of one route, or all of them. */
  list(route?: EmulatorRoute): RecordedRequest[] {
    return route === undefined ? [...this.#kept] : this.#kept.filter((request) => request.route === route);
  }

  /** How many of the kept requests came to a route. */
  count(route?: EmulatorRoute): number {
    return route === undefined ? this.#kept.length : this.list(route).length;
  }

  /** Forgets what was kept; `total` goes on counting. */
  clear(): void {
    this.#kept.length = 0;
  }

  /** @internal */
  record(receivedAt: number, request: EmulatorRequest, route: EmulatorRoute | undefined): RecordedRequest {
    this.#count += 1;
    const recorded = new RecordedRequest(this.#count, receivedAt, request, route);
    this.#kept.push(recorded);
    // Trimmed in bulk, so that a long run pays for it rarely.
    if (this.#kept.length >= this.#limit * 2) this.#kept.splice(0, this.#kept.length - this.#limit);
    return recorded;
  }

  [Symbol.iterator](): Iterator<RecordedRequest> {
    return this.#kept[Symbol.iterator]();
  }
}
