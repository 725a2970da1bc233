import type { AuditLogPrincipal } from './principal.js';

/** A request that waits for its turn. */
export interface ThrottledRequest {
  /** Whose logs, or whose workspace; absent for SCIM, which names none. */
  readonly principal?: AuditLogPrincipal | undefined;
  /**
   * `list`: log files and their newest times. `download`: asks where a log file is. `storage`: fetches it from there, from
   * another service. `read` and `write`: everything else.
   */
  readonly kind: 'list' | 'download' | 'storage' | 'read' | 'write';
  /** Its template, such as `/compliance/workspaces/{workspace_id}/logs`: requests of one route may be counted together. */
  readonly route: string;
}

/**
 * Runs a request in its turn. Rejects with the signal's reason when aborted while queued. It is told which request waits, for a
 * limiter that counts by workspace, kind or route.
 */
export type Throttle = <T>(
  run: () => Promise<T>,
  signal: AbortSignal | undefined,
  request: ThrottledRequest,
) => Promise<T>;
