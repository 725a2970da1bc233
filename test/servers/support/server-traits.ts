/** How a server differs from the others, and what the client makes of it. */
export interface ServerTraits {
  /** What the client takes the server for. @default 'rfc' */
  readonly profile?: 'rfc' | 'workos';
  /** Every page is the first: no walk can reach what lies behind it. */
  readonly pagesAreIgnored?: boolean;
  /** No PATCH: changes are read, made here and put. */
  readonly hasNoPatch?: boolean;
  /** How a search gets there: in a body (POST /.search), by URL after that was refused, or by URL from the first. */
  readonly search: 'in a body' | 'by URL in the end' | 'by URL';
  /** Whether several writes go in one request. */
  readonly bulk: 'at once' | 'one by one';
  /** Whether a write at a version that has passed is refused, is made all the same, or whether there are no versions. */
  readonly versions: 'kept to' | 'given and ignored' | 'none';
}
