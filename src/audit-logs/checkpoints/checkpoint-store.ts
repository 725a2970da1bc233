import type { AuditLogCheckpoint } from './checkpoint.js';

/**
 * Keeps checkpoints between runs. Any Keyv store fits (Redis, Postgres, files), and so does a `Map` with promises.
 *
 * @example
 * ```ts
 * import type { AuditLogCheckpoint, CheckpointStore } from 'chatgpt-enterprise-sdk/audit-logs';
 * import { Keyv } from 'keyv';
 *
 * const store: CheckpointStore = new Keyv<AuditLogCheckpoint>();
 * ```
 */
export interface CheckpointStore {
  /** `undefined` when there is none under this name. */
  get(key: string): Promise<AuditLogCheckpoint | undefined>;
  /** Resolves when the checkpoint is safe; rejects when it is not. (Keyv's own `set` resolves to false then.) */
  set(key: string, checkpoint: AuditLogCheckpoint): Promise<unknown>;
}
