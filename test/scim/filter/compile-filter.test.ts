import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/scim/filter/filter.js';
import { compileFilter, matchesFilter } from '../../../src/scim/filter/match.js';
import type { ResourceSchema } from '../../../src/scim/schemas/rules.js';
import user from '../../fixtures/rfc7643/user-enterprise.json' with { type: 'json' };
import figure2 from '../../fixtures/rfc7644/filters.json' with { type: 'json' };

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function table(rows: readonly (readonly [string, boolean])[], resource: object = user) {
  it.each(rows)('%s is %s', (filter, expected) => {
    expect(matchesFilter(filter, resource)).toBe(expected);
  });
}

describe('the filters of RFC 7644, figure 2, on the user of RFC 7643, section 8.3', () => {
  const expected = [
    ...[false, false, false, false, true, false, true, false, true, true, true],
    ...[true, true, false, true, true, true],
  ];
  it.each(figure2.map((filter, index) => [filter, expected[index]] as const))('%s is %s', (filter, isMatch) => {
    expect(matchesFilter(filter, user)).toBe(isMatch);
  });
});

describe('case', () => {
  table([
    ['userName eq "BJENSEN@EXAMPLE.COM"', true],
    ['USERNAME EQ "bjensen@example.com"', true],
    ['emails.value eq "BABS@jensen.ORG"', true],
    ['emails[TYPE eq "WORK"]', true],
    ['id eq "2819C223-7f76-453a-919d-413861904646"', false],
    ['id sw "2819c223"', true],
    ['externalId eq "701984"', true],
    ['groups.value eq "E9E30DBA-f08f-4109-8486-d5c6a331660a"', false],
    ['groups.$ref ew "/v2/Groups/e9e30dba-f08f-4109-8486-d5c6a331660a"', true],
    ['profileUrl co "LOGIN"', false],
    ['x509Certificates.value sw "miid"', false],
    [`${ENTERPRISE}:manager.value eq "26118915-6090-4610-87E4-49d8ca9f808d"`, false],
    [`${ENTERPRISE}:department eq "tour operations"`, true],
    [`${ENTERPRISE.toUpperCase()}:DEPARTMENT eq "tour operations"`, true],
  ]);

  it('of a name does not matter in the resource either', () => {
    expect(
      matchesFilter('userName eq "a" and emails[type eq "work"]', { USERNAME: 'A', EMAILS: [{ Type: 'work' }] }),
    ).toBe(true);
  });

  it('follows the schema given', () => {
    const schema: ResourceSchema = { id: 'urn:example:Device', attributes: { serial: { caseExact: true }, label: {} } };
    const device = { serial: 'aB', label: 'aB' };
    expect(matchesFilter('serial eq "AB"', device, { schema })).toBe(false);
    expect(matchesFilter('label eq "AB"', device, { schema })).toBe(true);
    expect(matchesFilter('urn:example:device:label eq "AB"', device, { schema })).toBe(true);
  });
});

describe('case beyond ASCII', () => {
  table(
    [
      ['displayName sw "ΚΩΝΣ"', true],
      ['displayName sw "κωνς"', true],
      ['displayName ew "ΤΙΝΟσ"', true],
      ['displayName eq "κωνσταντινος"', true],
      ['displayName co "ντινοσ"', true],
      ['displayName ge "κωνσταντινοσ" and displayName le "ΚΩΝΣΤΑΝΤΙΝΟΣ"', true],
      ['nickName eq "ÉLODIE"', true],
      ['nickName eq "ELODIE"', false],
    ],
    { displayName: 'ΚΩΝΣΤΑΝΤΙΝΟΣ', nickName: 'Élodie' },
  );
});

describe('several values', () => {
  table([
    ['emails.type eq "work"', true],
    ['emails.type ne "work"', true],
    ['not (emails[type eq "work"])', false],
    ['emails.type eq "work" and emails.value co "babs"', true],
    ['emails[type eq "work" and value co "babs"]', false],
    ['emails co "jensen.org"', true],
    ['emails eq "babs@jensen.org"', true],
    ['emails[value pr and not (primary eq true)]', true],
    ['emails.primary eq true', true],
    ['emails.primary eq "true"', false],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', true],
    ['schemas[value ew ":User"]', true],
    ['schemas eq "URN:ietf:params:SCIM:schemas:core:2.0:user"', true],
    ['addresses eq "x"', false],
    [`${ENTERPRISE}:manager eq "26118915-6090-4610-87e4-49d8ca9f808d"`, true],
    [`${ENTERPRISE}:manager[displayName sw "John"]`, true],
  ]);
});

describe('no value', () => {
  const bare = {
    id: '1',
    userName: '',
    title: null,
    emails: [],
    name: {},
    roles: [{ value: 'a' }, { type: 'x' }],
    active: false,
  };
  table(
    [
      ['userName pr', false],
      ['title pr', false],
      ['emails pr', false],
      ['name pr', false],
      ['roles pr', true],
      ['roles.value pr', true],
      ['roles.display pr', false],
      ['active pr', true],
      ['unknown pr', false],
      [`${ENTERPRISE} pr`, false],
      ['title eq "x"', false],
      ['title co ""', false],
      ['userName co ""', true],
      ['title gt "a"', false],
      ['title ne "x"', true],
      ['unknown ne "x"', true],
      ['emails.type ne "work"', true],
      ['emails[type ne "work"]', false],
      ['roles[type ne "x"]', true],
      ['title eq null', true],
      ['title ne null', false],
      ['emails eq null', true],
      ['id eq null', false],
      ['id ne null', true],
      ['roles.type eq null', true],
    ],
    bare,
  );

  it.each([
    [{ name: { givenName: 'x' } }, false],
    [{ name: { givenName: null } }, true],
    [{ name: {} }, true],
    [{}, true],
  ])('of a complex attribute is no value of any part: %j', (resource, isNull) => {
    expect(matchesFilter('name eq null', resource)).toBe(isNull);
    expect(matchesFilter('name ne null', resource)).toBe(!isNull);
    expect(matchesFilter('name pr', resource)).toBe(!isNull);
  });

  it('is told apart from a whole extension, known or not, whatever its case', () => {
    const resource = { 'urn:q:2.0:Ext': { a: 1 } };
    expect(matchesFilter('urn:q:2.0:Ext pr', resource)).toBe(true);
    expect(matchesFilter('URN:q:2.0:EXT pr', resource)).toBe(true);
    expect(matchesFilter('urn:q:2.0:Ext eq null', resource)).toBe(false);
    expect(matchesFilter('urn:q:2.0:Ext[a eq 1]', resource)).toBe(true);
    expect(matchesFilter('urn:q:2.0:Other pr', resource)).toBe(false);
    expect(matchesFilter('urn:q:2.0:Ext pr', { 'urn:q:2.0': { Ext: 1 } })).toBe(true);

    expect(matchesFilter(`${ENTERPRISE} pr`, user)).toBe(true);
  });
});

describe('types', () => {
  const typed = { active: true, shoeSize: 38, size: 1e3, title: '38', flag: 'true' };
  table(
    [
      ['active eq true', true],
      ['active ne true', false],
      ['active eq "true"', false],
      ['flag eq true', false],
      ['shoeSize eq 38', true],
      ['shoeSize eq 38.0', true],
      ['shoeSize eq "38"', false],
      ['size eq 1000', true],
      ['shoeSize gt 9', true],
      ['shoeSize ge 38 and shoeSize le 38', true],
      ['shoeSize lt 38', false],
      ['title gt 9', false],
      ['title gt "4"', false],
      ['title lt "4"', true],
      ['shoeSize co "3"', false],
    ],
    typed,
  );

  it.each([
    'active gt true',
    'active gt "a"',
    'emails[primary le "x"]',
    'x509Certificates.value gt "a"',
    'title gt true',
    'title gt null',
    'title co 5',
    'title sw null',
    'title ew true',
    'meta.created gt "yesterday"',
    'meta.created le "2026-02-30T00:00:00Z"',
  ])('%s is refused, because it compares what cannot be compared', (filter) => {
    expect(() => compileFilter(filter)).toThrow(
      expect.objectContaining({ name: 'ScimSyntaxError', code: 'invalid_filter', scimType: 'invalidFilter' }),
    );
  });
});

describe('dates', () => {
  const dated = {
    meta: { created: '2026-03-01T01:30:00+02:00', lastModified: '2026-02-28T23:30:00.1234567Z' },
    seen: '2026-02-28T23:30:00',
  };
  table(
    [
      ['meta.created eq "2026-02-28T23:30:00Z"', true],
      ['meta.created eq "2026-02-28T15:30:00.000-08:00"', true],
      ['meta.created ne "2026-02-28T23:30:00Z"', false],
      ['meta.lastModified gt "2026-02-28T23:30:00.123Z"', true],
      ['meta.lastModified gt "2026-02-28T23:30:00.1234566Z"', true],
      ['meta.lastModified lt "2026-02-28T23:30:00.12345671Z"', true],
      ['meta.lastModified eq "2026-02-28T23:30:00.12345670Z"', true],
      ['meta.lastModified gt "2026-03-01T00:00:00+01:00"', true],
      ['meta.created sw "2026-03"', true],
      ['meta.created eq "soon"', false],
      ['seen eq "2026-03-01T00:30:00+01:00"', true],
      ['seen eq "2026-02-28t23:30:00z"', true],
      ['seen eq "2026-02-28T24:00:00Z"', false],
      ['seen lt "2026-02-28T24:00:00Z"', true],
    ],
    dated,
  );

  it('are texts in an attribute that the schema says is a text', () => {
    const title = { title: '2026-03-01T01:00:00+01:00' };
    expect(matchesFilter('title eq "2026-03-01T00:00:00Z"', title)).toBe(false);
    expect(matchesFilter('unknown eq "2026-03-01T00:00:00Z"', { unknown: title.title })).toBe(true);
  });
});

describe('prototypes', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', 'constructor.name', 'valueOf', 'emails.constructor'])(
    '%s is not an attribute of everything',
    (path) => {
      expect(matchesFilter(`${path} pr`, user)).toBe(false);
      expect(matchesFilter(`${path} eq null`, user)).toBe(true);
      expect(matchesFilter(`emails[${path.replace('emails.', '')} pr]`, user)).toBe(false);
    },
  );

  it('are not read through the data either', () => {
    const parsed = JSON.parse(
      '{"__proto__": {"userName": "x"}, "emails": [{"__proto__": {"type": "work"}}]}',
    ) as object;
    expect(matchesFilter('userName pr', parsed)).toBe(false);
    expect(matchesFilter('emails[type pr]', parsed)).toBe(false);
  });
});

describe('data that is no filter', () => {
  it.each([
    { op: 'xx', path: 'a', value: 1 },
    { op: 'valuePath', path: 'a', filter: { op: 'valuePath', path: 'b', filter: { op: 'pr', path: 'c' } } },
  ])('is refused: %j', (data) => {
    expect(() => compileFilter(data as Filter)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
  });
});

describe('arguments in the wrong order', () => {
  it('are refused', () => {
    const swapped = matchesFilter as unknown as (resource: object, filter: string) => boolean;
    expect(() => swapped({ userName: 'a' }, 'userName eq "a"')).toThrow(
      expect.objectContaining({ code: 'invalid_input', path: ['resource'] }),
    );
  });
});
