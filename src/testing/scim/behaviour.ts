/** What a SCIM server is like. Plain data: every switch can be set alone. */
export interface ScimBehaviour {
  /** The rules of WorkOS's endpoint for users and groups, with its messages. */
  readonly workosRules: boolean;
  /** With WorkOS's rules: a deactivated or deleted user stays as an inactive row that is still listed. */
  readonly softDelete: boolean;

  /** PATCH. Without it: 501. */
  readonly patch: boolean;
  /** Bulk requests (RFC 7644 §3.7). Without them: 404, as for every endpoint a server has not. */
  readonly bulk: boolean;
  /** Operations in one bulk request at most; more are refused with 413. */
  readonly bulkMaxOperations: number;
  /** Sorting (RFC 7644 §3.4.2.3). Without it the parameters are ignored. */
  readonly sort: boolean;
  /** `POST …/.search` (RFC 7644 §3.4.3). */
  readonly search: boolean;
  /** Versions and conditional requests (RFC 7644 §3.14). */
  readonly etag: boolean;
  /** `/ServiceProviderConfig`, `/ResourceTypes`, `/Schemas`. */
  readonly discovery: boolean;
  /** `attributes` and `excludedAttributes`. Without it they are ignored. */
  readonly projection: boolean;
  /** Cursor paging (RFC 9865): `off`, when the client asks for it, or also when it does not. */
  readonly cursors: 'off' | 'on_request' | 'always';
  /** Seconds an unused cursor lives. */
  readonly cursorTimeout: number;

  /** Resources in a page when the query does not say. */
  readonly defaultPageSize: number;
  /** Resources in a page at most. */
  readonly maxPageSize: number;
  /** What a `count` above the maximum gets. */
  readonly countAboveMaximum: 'cap' | 'refuse';
  /** A query over all types without a filter that matches more is refused with `tooMany`. */
  readonly maxRootResults: number;
  /** A larger body is refused with 413. */
  readonly maxBodyBytes: number;

  /** Filter operators the server has, `and`, `or` and `not` among them; all when absent. */
  readonly filterOperators: readonly string[] | undefined;
  /** Attributes that may stand in a filter; all when absent. */
  readonly filterAttributes: readonly string[] | undefined;
  /** What another filter gets: 400 `invalidFilter`, 501, every resource, or none. */
  readonly unsupportedFilter: 'invalid_filter' | 'not_implemented' | 'ignored' | 'no_match';
  /** `userName eq` compares with case. */
  readonly caseSensitiveUserName: boolean;
  /** Nothing found is a 404 instead of an empty list. */
  readonly notFoundForNoMatch: boolean;

  /** How `startIndex` is read: as the RFC has it, from 0, or not at all. */
  readonly startIndex: 'from_one' | 'from_zero' | 'ignored';
  /** What comes after the last page. */
  readonly pastTheEnd: 'empty' | 'first_page' | 'not_found';
  /** What `totalResults` is: how many resources match, or only how many are on the page. */
  readonly totalResults: 'matches' | 'page_size';
  /** The last resource of a page is the first of the next one. */
  readonly overlappingPages: boolean;
  /** The name of the list: `Resources`, or `resources` as some servers spell it. */
  readonly resourcesKey: 'Resources' | 'resources';
  /** The list is left out where nothing matches. */
  readonly omitsEmptyResources: boolean;
  /** Answers do not say `startIndex`. */
  readonly omitsStartIndex: boolean;

  /** `status` of an error body. */
  readonly errorStatus: 'string' | 'number';
  /** `active` is sent as `"True"` or `"False"`. */
  readonly booleansAsStrings: boolean;
  /** Groups never show their members. */
  readonly hidesMembers: boolean;
  /** `Location` of a 201. */
  readonly locationHeader: boolean;
  /** Body of a 201. */
  readonly createdBody: boolean;
  /** What a successful PATCH answers. */
  readonly patchAnswer: 'resource' | 'no_content' | 'stale_resource';
  /** `add` to a list replaces it. */
  readonly patchAddReplaces: boolean;
  /** At most this many members in one PATCH. */
  readonly maxMembersPerPatch: number;
  /** How lenient a PATCH is read: as the RFC has it, or also in the shapes Entra ID and Okta send. */
  readonly patchDialect: 'rfc' | 'tolerant';
  /** What becomes of an attribute that no schema names. */
  readonly unknownAttributes: 'keep' | 'refuse';
  /** A write shows in reads this many milliseconds later. */
  readonly staleReadMs: number;
  /** DELETE only sets `active` to false. */
  readonly deleteDeactivates: boolean;
  /** A request without `User-Agent` is refused. */
  readonly requiresUserAgent: boolean;
  /** Content type of answers. */
  readonly contentType: string;
  /** A request with a body of another content type than SCIM's is refused; plain JSON is taken too when false. */
  readonly onlyScimContentType: boolean;
}

/** RFC 7643, RFC 7644 and RFC 9865, all of them. */
export const rfcBehaviour: ScimBehaviour = {
  workosRules: false,
  softDelete: false,
  patch: true,
  bulk: true,
  bulkMaxOperations: 1000,
  sort: true,
  search: true,
  etag: true,
  discovery: true,
  projection: true,
  cursors: 'on_request',
  cursorTimeout: 600,
  defaultPageSize: 100,
  maxPageSize: 1000,
  countAboveMaximum: 'cap',
  maxRootResults: 1000,
  maxBodyBytes: 10_485_760,
  filterOperators: undefined,
  filterAttributes: undefined,
  unsupportedFilter: 'invalid_filter',
  caseSensitiveUserName: false,
  notFoundForNoMatch: false,
  startIndex: 'from_one',
  pastTheEnd: 'empty',
  totalResults: 'matches',
  overlappingPages: false,
  resourcesKey: 'Resources',
  omitsEmptyResources: false,
  omitsStartIndex: false,
  errorStatus: 'string',
  booleansAsStrings: false,
  hidesMembers: false,
  locationHeader: true,
  createdBody: true,
  patchAnswer: 'resource',
  patchAddReplaces: false,
  maxMembersPerPatch: Number.POSITIVE_INFINITY,
  patchDialect: 'rfc',
  unknownAttributes: 'keep',
  staleReadMs: 0,
  deleteDeactivates: false,
  requiresUserAgent: false,
  contentType: 'application/scim+json',
  onlyScimContentType: false,
};

/**
 * WorkOS's endpoint, which ChatGPT Enterprise's directory sync is. What WorkOS does not publish is read strictly: only
 * the filters its own code uses, no bulk, no sorting, no search, no versions.
 */
export const workosBehaviour: ScimBehaviour = {
  ...rfcBehaviour,
  workosRules: true,
  bulk: false,
  sort: false,
  search: false,
  etag: false,
  cursors: 'off',
  maxPageSize: 200,
  maxBodyBytes: 2_048_000,
  filterOperators: ['eq'],
  filterAttributes: ['userName', 'displayName', 'externalId'],
  unsupportedFilter: 'not_implemented',
  patchDialect: 'tolerant',
};
