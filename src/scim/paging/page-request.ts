/** Which page to ask for: by index or by cursor, never both. */
export interface PageRequest {
  /** 1-based index of the first row (RFC 7644 §3.4.2.4). */
  readonly startIndex?: number | undefined;
  /** The server's own cursor, sent back verbatim (RFC 9865). Empty for the first page. */
  readonly cursor?: string | undefined;
  /** Rows asked for. */
  readonly count: number;
}

/** A page as the server gave it. Nothing in it is to be believed by itself. */
export interface FetchedPage<Row> {
  readonly rows: readonly Row[];
  readonly totalResults?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly itemsPerPage?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Brings one page. */
export type FetchPage<Row> = (request: PageRequest, signal?: AbortSignal) => Promise<FetchedPage<Row>>;

/** What to do after a page: ask for another, or stop and why. */
export type Step = { readonly next: PageRequest } | { readonly stop: 'end' | 'stalled' };

/** Decides from page to page. Holds no rows and sends nothing. */
export interface Paging {
  /** Takes note of a page and of how many of its rows were new. */
  after(page: FetchedPage<unknown>, freshRows: number): Step;
}
