/** What one client found out about its server, by asking and by being refused. Never shared between clients. */
export interface Learned {
  /** Rows in a page at most: the server says so, or refuses more. */
  maxCount?: number;
  /** The largest page that was asked for and not refused. */
  provenCount?: number;
  /** `false` where ServiceProviderConfig says that there is no PATCH. */
  patch?: false;
  /** `false` where ServiceProviderConfig says that there are no filters. */
  filter?: false;
  /** `false` once `POST /.search` was refused: there is no word for it in ServiceProviderConfig. */
  search?: false;
  /** What PATCH was refused for (405, 501): routes, and routes with a filter in the path. */
  readonly refusedPatches: Set<string>;
  /** Whether the server was seen to show members of groups, at once or where it is asked for them by name. */
  members?: 'shown' | 'shown_if_asked' | 'not_seen';
  /** Groups that this client created without members and has not written to since. */
  readonly newGroups: Set<string>;
  /** What ServiceProviderConfig says of bulk requests; `false` once they were refused. */
  bulk?: false | { readonly maxOperations: number; readonly maxPayloadSize: number };
  /** Whether to page by cursor (RFC 9865): the server says so, or shows it. */
  cursors?: boolean;
  /** How often in a row the server refused to look up by these attributes. */
  readonly refusedLookups: Map<string, number>;
}
