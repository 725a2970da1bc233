import type { Answer } from './answer.js';
import type { EmulatorRequest } from './emulator-request.js';
import type { EmulatorRoute } from './routes.js';

/** What a service makes of a request's path: a route of its own, an answer to a path it has not, or nothing at all. */
export type RouteMatch = { readonly route: EmulatorRoute; readonly params: readonly string[] } | undefined;

/** One of the three services behind the emulator. */
export interface Service {
  match(request: EmulatorRequest): RouteMatch;
  handle(request: EmulatorRequest, route: EmulatorRoute, params: readonly string[]): Answer | Promise<Answer>;
  /** An error in the service's own shape. */
  error(status: number, detail: string): Answer;
}
