/** The conditions of a `put`, of which exactly one is given. */
export interface ObjectPutOptions {
  /** `'*'`: only where there is no object with this key. */
  readonly ifNoneMatch?: '*' | undefined;
  /** Only in place of the object that has this `etag`. */
  readonly ifMatch?: string | undefined;
  /** The media type, such as `application/x-ndjson`. */
  readonly contentType: string;
}

/** What `objectSink` needs of a store of objects: a few lines around the client of any that has conditional writes. */
export interface ObjectStore {
  /**
   * Writes an object whole. `undefined` where the condition does not hold: statuses 412 and 409 of S3, Google Cloud Storage and
   * Azure Blob Storage, `null` of R2. Rejects where anything else goes wrong. What the client sends again by itself does no harm.
   */
  put(key: string, body: Uint8Array, options: ObjectPutOptions): Promise<{ readonly etag: string } | undefined>;
  /** `undefined` where there is none. `etag` is any text that changes with the object: of Google Cloud Storage, the generation. */
  get(key: string): Promise<{ readonly body: Uint8Array; readonly etag: string } | undefined>;
  /** The keys that begin so, page by page as the store gives them. Only `erase` and `prune` need it. */
  list?(prefix: string): AsyncIterable<string> | Iterable<string>;
  /** Only `prune` needs it; `erase` leaves an empty object where there is none. */
  remove?(key: string): Promise<unknown>;
}
