import type { EmulatorService } from './routes.js';

/** Where the three services are reached: invented hosts in process, loopback ports when listening. */
export interface Origins {
  readonly scim: string;
  readonly compliance: string;
  readonly storage: string;
}

/** A request as the routes see it: read whole, whatever brought it. */
export interface EmulatorRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as text; empty when there is none. */
  readonly body: string;
  /** Absent when no service lives at that origin. */
  readonly service: EmulatorService | undefined;
  /** What links in the answer are built on. */
  readonly origins: Origins;
  readonly signal?: AbortSignal | undefined;
}
