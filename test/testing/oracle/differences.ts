/** Something an oracle does otherwise, and who is right by the RFCs. */
export interface Difference {
  readonly reason: string;
  /** `open` where the RFCs do not say. */
  readonly right: 'emulator' | 'oracle' | 'open';
  /** The cases it shows in. */
  readonly cases: readonly string[];
}

/** scimmy 1.3 compares filters with case. */
export const scimmyFilterDifferences: readonly Difference[] = [
  {
    reason: 'compares attributes with case that are caseExact false (RFC 7643 §2.3.1, §4.1)',
    right: 'emulator',
    cases: [
      'userName eq "BJENSEN"',
      'userName sw "j"',
      'userName ew "L"',
      'userName gt "c"',
      'userName le "bjensen"',
      'name.familyName eq "smith"',
      'emails.value co "EXAMPLE.org"',
    ],
  },
  {
    reason: 'takes an empty string for a value (RFC 7644 §3.4.2.2: "pr" asks for a non-empty value)',
    right: 'emulator',
    cases: ['title pr', 'not (title pr)'],
  },
  {
    reason: 'does not read `emails` as `emails.value`, which RFC 7644 §3.4.2.2 does in its own examples',
    right: 'emulator',
    cases: [
      'emails co "example.com"',
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    ],
  },
  { reason: 'fails on `pr` of a list', right: 'emulator', cases: ['emails pr'] },
  {
    reason: 'fails on an attribute the resource has not, where "ne" holds or not',
    right: 'open',
    cases: ['emails.type ne "work"'],
  },
  {
    reason: 'fails on a negated value path of an absent list',
    right: 'emulator',
    cases: ['not (emails[type eq "work"])'],
  },
  {
    reason: 'wants one value to satisfy both conditions although no brackets say so (RFC 7644 §3.4.2.2)',
    right: 'emulator',
    cases: ['emails.type eq "work" and emails.value co "@example.com"'],
  },
  {
    reason: 'does not read the JSON escapes of a literal (RFC 7644 §3.4.2.2, RFC 7159)',
    right: 'emulator',
    cases: ['displayName eq "Jim \\"JJ\\" Smith"', 'displayName co "\\\\"', 'userName eq "\\u00e4pfel"'],
  },
  {
    reason: 'does not find what a schema URN qualifies (RFC 7644 §3.10)',
    right: 'emulator',
    cases: [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "Tour Operations"',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "boss"',
    ],
  },
  {
    reason: 'fails on `schemas`, which RFC 7644 §3.4.2.2 filters in an example',
    right: 'emulator',
    cases: ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"'],
  },
  {
    reason: 'reads filters that break the grammar (RFC 7644 §3.4.2.2, figure 1)',
    right: 'emulator',
    cases: ['userName eq', 'userName eq "bjensen" and', 'not title pr'],
  },
  {
    reason: 'compares booleans by size, which is to fail with invalidFilter (RFC 7644 §3.4.2.2)',
    right: 'emulator',
    cases: ['active gt true'],
  },
];

/** scim2-parse-filter 0.2 knows no schema. */
export const parseFilterDifferences: readonly Difference[] = [
  {
    reason: 'compares with case: it knows no schema',
    right: 'emulator',
    cases: [
      'userName eq "BJENSEN"',
      'userName sw "j"',
      'userName ew "L"',
      'userName gt "c"',
      'userName le "bjensen"',
      'name.familyName eq "smith"',
      'emails.value co "EXAMPLE.org"',
    ],
  },
  { reason: 'takes an empty string for a value', right: 'emulator', cases: ['title pr', 'not (title pr)'] },
  {
    reason: 'holds an absent attribute not to be "not equal"; the RFC does not say, and servers differ',
    right: 'open',
    cases: ['title ne "Tour Guide"', 'active ne true', 'emails.type ne "work"'],
  },
  {
    reason: 'does not read `emails` as `emails.value`',
    right: 'emulator',
    cases: [
      'emails co "example.com"',
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    ],
  },
  {
    reason:
      'lets different values satisfy the two halves of a value path (RFC 7644 §3.4.2.2: one value satisfies both)',
    right: 'emulator',
    cases: [
      'emails[type eq "work" and value co "@example.com"]',
      'emails[type eq "home" and value co "@example.com"]',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    ],
  },
  {
    reason: 'does not read all JSON escapes',
    right: 'emulator',
    cases: ['displayName co "\\\\"', 'userName eq "\\u00e4pfel"'],
  },
  {
    reason: 'does not find an absent attribute equal to null, which is unassigned (RFC 7643 §2.5)',
    right: 'emulator',
    cases: ['title eq null', 'userType eq null'],
  },
  {
    reason: 'does not know the URN of the core schema, nor lists of strings',
    right: 'emulator',
    cases: [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
      'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    ],
  },
  { reason: 'reads `not` without parentheses', right: 'emulator', cases: ['not title pr'] },
  { reason: 'compares booleans by size', right: 'emulator', cases: ['active gt true'] },
];

/** scimmy 1.3 applying a PatchOp. */
export const scimmyPatchDifferences: readonly Difference[] = [
  {
    reason: 'swaps a complex attribute whole; RFC 7644 §3.5.2.3 replaces the sub-attributes given',
    right: 'emulator',
    cases: ['merges into a complex attribute on replace'],
  },
  {
    reason: 'adds a value that is there already (RFC 7644 §3.5.2.1)',
    right: 'emulator',
    cases: ['does not repeat a value'],
  },
  {
    reason: 'leaves two primary values (RFC 7644 §3.5.2: the server sets the others to false)',
    right: 'emulator',
    cases: ['moves primary to the new value'],
  },
  {
    reason: 'finds names only in their own case (RFC 7643 §2.1)',
    right: 'emulator',
    cases: ['finds names in another case'],
  },
];

/** scim-patch 0.8 knows no schema and is made for what Entra ID sends. */
export const scimPatchDifferences: readonly Difference[] = [
  { reason: 'leaves two primary values', right: 'emulator', cases: ['moves primary to the new value'] },
  {
    reason: 'merges into the chosen value; RFC 7644 §3.5.2.3 replaces it',
    right: 'emulator',
    cases: ['replaces a chosen value'],
  },
  {
    reason: 'makes a value for a filter that chooses none, as Entra ID expects; RFC 7644 §3.5.2.3 has noTarget',
    right: 'emulator',
    cases: ['refuses to replace what is not there'],
  },
  {
    reason: 'splits the URN of an extension at the dot of its version',
    right: 'emulator',
    cases: ['reaches the extension without a path'],
  },
  { reason: 'finds names only in their own case', right: 'emulator', cases: ['finds names in another case'] },
  {
    reason: 'knows no schema: nothing is required, read-only or of a type, and any path is a name',
    right: 'emulator',
    cases: [
      'refuses to remove what is required',
      'refuses to change what is read-only',
      'refuses a value of the wrong type',
      'refuses a path it cannot read',
    ],
  },
];

/** scimmy-routers 1.3 on Express 4, over HTTP. */
export const scimmyServerDifferences: readonly Difference[] = [
  {
    reason: 'gives the first page again past the end (RFC 7644 §3.4.2.4)',
    right: 'emulator',
    cases: ['past the last page'],
  },
  {
    reason:
      'calls a missing operation invalidValue; RFC 7644 §3.12 has invalidSyntax for a body that is not as it should be',
    right: 'open',
    cases: ['a change without operations'],
  },
  {
    reason: 'does not list the extension among the schemas, since it was not given one',
    right: 'open',
    cases: ['its schemas'],
  },
  {
    reason: 'takes a user without schemas (RFC 7643 §3: required)',
    right: 'emulator',
    cases: ['a user without schemas'],
  },
  {
    reason: 'answers 404 for /Me; RFC 7644 §3.11 has 501 where it is not supported',
    right: 'emulator',
    cases: ['an endpoint there is not'],
  },
];
