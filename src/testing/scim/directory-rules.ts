import type { ResourceKind } from './resource-kind.js';
import type { ResourceData, Row } from './resource-table.js';

/** What a server makes of a write before it is stored. Each either gives what to store or refuses. */
export interface DirectoryRules {
  /** The body of a POST. */
  create(
    kind: ResourceKind,
    body: ResourceData,
  ): { readonly attributes: ResourceData; readonly id?: string; readonly identity?: string };
  /** The body of a PUT. */
  replace(kind: ResourceKind, row: Row, body: ResourceData): ResourceData;
  /** A resource as a PATCH has left it. */
  settle(kind: ResourceKind, row: Row, attributes: ResourceData): ResourceData;
  /** What stays of a deleted resource; `undefined` when nothing does. */
  remains(kind: ResourceKind, row: Row): ResourceData | undefined;
}
