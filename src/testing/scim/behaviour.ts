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
  /** What a cursor is in JSON. RFC 9865 has it a text. */
  readonly cursorType: 'text' | 'number';
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
  /** What `\"` and `\\` in the value of a filter get: they are read, compared as they stand, or refused with 400. */
  readonly filterEscapes: 'read' | 'literal' | 'refused';
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

  /** What the body of an error is like: SCIM 2.0, SCIM 1.1 (`Errors`), SCIM 2.0 inside `response`, or plain text. */
  readonly errorShape: 'scim' | 'scim_1' | 'wrapped' | 'text';
  /** `status` of an error body. */
  readonly errorStatus: 'string' | 'number';
  /** `active` is sent as `"True"` or `"False"`. */
  readonly booleansAsStrings: boolean;
  /** What ids are in JSON. RFC 7643 has them texts; `number` counts them from 1. */
  readonly idType: 'text' | 'number';
  /** Where groups show their members: everywhere, only where one group is read, nowhere, or as `[]` everywhere. */
  readonly members: 'shown' | 'only_in_reads' | 'hidden' | 'empty';
  /** Members a group shows at most, without a word about the others. */
  readonly maxMembersShown: number;
  /** `Location` of a 201: `raw` leaves what is not ASCII in it, as UTF-8. */
  readonly locationHeader: boolean | 'raw';
  /** Body of a 201. */
  readonly createdBody: boolean;
  /** What a successful PATCH answers. */
  readonly patchAnswer: 'resource' | 'no_content' | 'stale_resource';
  /** `add` to a list replaces it. */
  readonly patchAddReplaces: boolean;
  /** Values that a list other than `members` keeps at most: the first ones, without a word about the others. */
  readonly maxValues: number;
  /** What a PUT does to an attribute that it leaves out, and to one that it sends as an empty list. */
  readonly putOmitted: 'cleared' | 'kept' | 'kept_and_empty_too';
  /** What becomes of a member id that nobody has. */
  readonly unknownMembers: 'refuse' | 'drop' | 'keep';
  /** What adding somebody who is a member does: nothing, or a second entry. */
  readonly repeatedMembers: 'merged' | 'appended';
  /** At most this many members in one PATCH. */
  readonly maxMembersPerPatch: number;
  /** How lenient a PATCH is read: as the RFC has it, or also in the shapes Entra ID and Okta send. */
  readonly patchDialect: 'rfc' | 'tolerant';
  /** What becomes of an attribute that no schema names. */
  readonly unknownAttributes: 'keep' | 'refuse';
  /** A write shows in reads this many milliseconds later. */
  readonly staleReadMs: number;
  /** Status of a refusal with `uniqueness`. */
  readonly uniquenessStatus: 409 | 400;
  /** A PUT, PATCH or DELETE without `If-Match` is refused with 428. */
  readonly requiresIfMatch: boolean;
  /** DELETE only sets `active` to false. */
  readonly deleteDeactivates: boolean;
  /** A request without `User-Agent` is refused. */
  readonly requiresUserAgent: boolean;
  /** Content type of answers. */
  readonly contentType: string;
  /** A request with a body of another content type than SCIM's is refused; plain JSON is taken too when false. */
  readonly onlyScimContentType: boolean;
}

export const withoutExtras = { bulk: false, search: false, sort: false, etag: false, cursors: 'off' } as const;

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
  cursorType: 'text',
  cursorTimeout: 600,
  defaultPageSize: 100,
  maxPageSize: 1000,
  countAboveMaximum: 'cap',
  maxRootResults: 1000,
  maxBodyBytes: 10_485_760,
  filterOperators: undefined,
  filterAttributes: undefined,
  unsupportedFilter: 'invalid_filter',
  filterEscapes: 'read',
  caseSensitiveUserName: false,
  notFoundForNoMatch: false,
  startIndex: 'from_one',
  pastTheEnd: 'empty',
  totalResults: 'matches',
  overlappingPages: false,
  resourcesKey: 'Resources',
  omitsEmptyResources: false,
  omitsStartIndex: false,
  errorShape: 'scim',
  errorStatus: 'string',
  booleansAsStrings: false,
  idType: 'text',
  members: 'shown',
  maxMembersShown: Number.POSITIVE_INFINITY,
  locationHeader: true,
  createdBody: true,
  patchAnswer: 'resource',
  patchAddReplaces: false,
  maxValues: Number.POSITIVE_INFINITY,
  putOmitted: 'cleared',
  unknownMembers: 'refuse',
  repeatedMembers: 'merged',
  maxMembersPerPatch: Number.POSITIVE_INFINITY,
  patchDialect: 'rfc',
  unknownAttributes: 'keep',
  staleReadMs: 0,
  uniquenessStatus: 409,
  requiresIfMatch: false,
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
  unknownMembers: 'drop',
  patchDialect: 'tolerant',
};
