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

  /** How `startIndex` is read: as the RFC has it, from 0, as the number of a whole page, or not at all. */
  readonly startIndex: 'from_one' | 'from_zero' | 'whole_pages' | 'ignored';
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

const withoutExtras = { bulk: false, search: false, sort: false, etag: false, cursors: 'off' } as const;

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
  ...withoutExtras,
  workosRules: true,
  maxPageSize: 200,
  maxBodyBytes: 2_048_000,
  filterOperators: ['eq'],
  filterAttributes: ['userName', 'displayName', 'externalId'],
  unsupportedFilter: 'not_implemented',
  patchDialect: 'tolerant',
};

type Quirks = Readonly<Partial<ScimBehaviour>>;

/**
 * Ways in which real servers differ from the RFCs, as data for `createEmulator({ scim: { mode: 'rfc', quirks } })`.
 * Spread several, or add your own: each is a set of {@link ScimBehaviour} switches.
 */
export const scimQuirks = {
  /** AWS IAM Identity Center: 50 results and no paging, `eq` and `and` only, 100 members a PATCH, members never shown. */
  aws: {
    ...withoutExtras,
    startIndex: 'ignored',
    defaultPageSize: 50,
    maxPageSize: 50,
    filterOperators: ['eq', 'and'],
    maxMembersPerPatch: 100,
    hidesMembers: true,
    requiresUserAgent: true,
  },
  /** scimmy-routers on Express 4: a page past the end is the first one again; no `Location`; `userName` with case. */
  scimmyExpress4: {
    pastTheEnd: 'first_page',
    locationHeader: false,
    caseSensitiveUserName: true,
    defaultPageSize: 20,
    bulkMaxOperations: 1000,
  },
  /** scimmy-routers on Express 5: paging is ignored, every page is the first one. */
  scimmyExpress5: {
    startIndex: 'ignored',
    locationHeader: false,
    caseSensitiveUserName: true,
    defaultPageSize: 20,
    maxPageSize: 20,
  },
  /** Better Auth: only `eq` on a handful of attributes. */
  betterAuth: {
    ...withoutExtras,
    filterOperators: ['eq'],
    filterAttributes: ['userName', 'externalId', 'id', 'emails.value', 'displayName'],
    maxMembersPerPatch: 1000,
  },
  /** A server that takes what Entra ID sends: capital `op`, "True", listed removals, values for missing elements; 204. */
  entra: { patchDialect: 'tolerant', patchAnswer: 'no_content', cursors: 'off', search: false },
  /** A server that takes what Okta sends: path-less values with their ids, PUT for everything. */
  okta: { patchDialect: 'tolerant', cursors: 'off', search: false },
  /** A server without PATCH. */
  withoutPatch: { patch: false },
  /** A server written in an afternoon: no filters, pages that call themselves the total, spelling of its own. */
  handMade: {
    ...withoutExtras,
    filterOperators: [],
    unsupportedFilter: 'ignored',
    totalResults: 'page_size',
    resourcesKey: 'resources',
    omitsStartIndex: true,
    errorStatus: 'number',
    booleansAsStrings: true,
    locationHeader: false,
    contentType: 'application/json',
    discovery: false,
  },
  /** A server that counts from 0 and shows the last row of each page again on the next. */
  countsFromZero: { startIndex: 'from_zero', overlappingPages: true },
  /** A server with a hard cap, which refuses a larger `count` instead of capping it. */
  refusesLargeCount: { maxPageSize: 100, countAboveMaximum: 'refuse' },
  /** A server that answers 404 where nothing matches, and nothing where something was created. */
  terse: { notFoundForNoMatch: true, createdBody: false, patchAnswer: 'no_content', omitsEmptyResources: true },
  /** A server whose DELETE only deactivates. */
  deactivatesOnDelete: { deleteDeactivates: true },
} as const satisfies Record<string, Quirks>;
