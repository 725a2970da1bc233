/** What a server is assumed to do until it shows otherwise. Plain data: copy one and change what differs. */
export interface ProviderProfile {
  /** For people. */
  readonly name: string;
  /** Content type of the bodies sent. */
  readonly contentType: 'application/scim+json' | 'application/json';
  /** Rows asked for in a page, where the call does not say. */
  readonly pageSize: number;
  /** Whether bulk requests are worth asking about. */
  readonly bulk: boolean;
  /** Whether the server is asked by `POST /.search` where a program searches. */
  readonly search: boolean;
  /** Whether a write that follows a read is made to depend on the version read (`If-Match`). */
  readonly conditionalWrites: boolean;
  /** Members added or removed in one request at most. */
  readonly memberChangesPerRequest: number;
  /** Bytes of one request's body at most. */
  readonly maxBodyBytes: number;
  /** Refused here, before the first request, because the server would refuse it or, worse, accept and misread it. */
  readonly refuses: {
    /** A user without an e-mail address, where `userName` is none either. */
    readonly userWithoutEmail: boolean;
    /** `null` in a resource that is created or replaced. */
    readonly nullValues: boolean;
  };
}
