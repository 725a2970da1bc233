import type { ScimBehaviour } from './behaviour.js';

type Quirks = Readonly<Partial<ScimBehaviour>>;

/**
 * Ways in which real servers differ from the RFCs, as data for `createEmulator({ scim: { mode: 'rfc', quirks } })`.
 * Spread several, or add your own: each is a set of {@link ScimBehaviour} switches.
 *
 * @example
 * import { createEmulator, scimQuirks } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator({ scim: { mode: 'rfc', quirks: { ...scimQuirks.handMade, staleReadMs: 500 } } });
 */
export const scimQuirks = {
  /** AWS IAM Identity Center: 50 results and no paging, `eq` and `and` only, 100 members a PATCH, members never shown. */
  aws: {
    bulk: false,
    search: false,
    sort: false,
    etag: false,
    cursors: 'off',
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
    bulk: false,
    search: false,
    sort: false,
    etag: false,
    cursors: 'off',
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
    etag: false,
    sort: false,
    bulk: false,
    search: false,
    cursors: 'off',
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
