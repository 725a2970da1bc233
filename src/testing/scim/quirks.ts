import { checkChoice, checkNumber, checkWord } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
import { rfcBehaviour, type ScimBehaviour, withoutExtras } from './behaviour.js';

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
    members: 'hidden',
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

const choices = {
  cursors: ['off', 'on_request', 'always'],
  cursorType: ['text', 'number'],
  countAboveMaximum: ['cap', 'refuse'],
  unsupportedFilter: ['invalid_filter', 'not_implemented', 'ignored', 'no_match'],
  filterEscapes: ['read', 'literal', 'refused'],
  startIndex: ['from_one', 'from_zero', 'whole_pages', 'ignored'],
  pastTheEnd: ['empty', 'first_page', 'not_found'],
  totalResults: ['matches', 'page_size'],
  resourcesKey: ['Resources', 'resources'],
  errorShape: ['scim', 'scim_1', 'wrapped', 'text'],
  errorStatus: ['string', 'number'],
  idType: ['text', 'number'],
  members: ['shown', 'only_in_reads', 'hidden', 'empty'],
  locationHeader: [true, false, 'raw'],
  patchAnswer: ['resource', 'no_content', 'stale_resource'],
  putOmitted: ['cleared', 'kept', 'kept_and_empty_too'],
  unknownMembers: ['refuse', 'drop', 'keep'],
  repeatedMembers: ['merged', 'appended'],
  patchDialect: ['rfc', 'tolerant'],
  unknownAttributes: ['keep', 'refuse'],
  uniquenessStatus: [409, 400],
} as const satisfies { readonly [Name in keyof ScimBehaviour]?: readonly ScimBehaviour[Name][] };

/** Refuses a quirk, or a value of one, that there is not: the server would be like its mode, and the test would pass. */
export function checkScimQuirks(quirks: Quirks): void {
  if (!isRecord(quirks)) throw new InputError('`quirks` must be an object.', { path: ['quirks'] });
  for (const [name, value] of Object.entries(quirks)) {
    checkWord('a quirk of a SCIM server', name, Object.keys(rfcBehaviour), ['quirks', name]);
    const usual = rfcBehaviour[name as keyof ScimBehaviour];
    if (Object.hasOwn(choices, name)) checkChoice(name, value, choices[name as keyof typeof choices]);
    else if (typeof usual === 'boolean') checkChoice(name, value, [true, false]);
    else if (typeof usual === 'number') checkLimit(name, value);
    else if (name === 'contentType') checkText(name, value);
    else if (value !== undefined) checkWords(name, value);
  }
}

function checkLimit(name: string, value: unknown): void {
  if (value !== Number.POSITIVE_INFINITY) checkNumber(name, value as number, 0);
}

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw new InputError(`\`${name}\` must be a text.`, { path: ['quirks', name] });
}

function checkWords(name: string, value: unknown): void {
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return;
  throw new InputError(`\`${name}\` must be a list of names.`, { path: ['quirks', name] });
}
