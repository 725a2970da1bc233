import type { AbortScope } from '../../internal/abort-scope.js';
import type { ConnectOptions } from '../connect-options.js';
import type { FindingList } from './finding-list.js';

/** What the parts of one check share. */
export interface CheckContext {
  readonly options: ConnectOptions;
  readonly scope: AbortScope;
  readonly deadlineMs: number;
  readonly findings: FindingList;
  /** `fetch` of the connection, watched. */
  readonly fetch: typeof globalThis.fetch;
}
