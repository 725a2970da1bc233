import { filter as scim2Filter, parse as scim2Parse } from 'scim2-parse-filter';
import SCIMMY from 'scimmy';
import { describe, expect, it } from 'vitest';
import { matchesFilter } from '../../../src/scim/filter/match.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const user = {
  id: 'aB',
  userName: 'Bjensen',
  title: null,
  active: true,
  age: 38,
  name: { familyName: 'Jensen' },
  nickName: '',
  emails: [
    { value: 'b@Example.com', type: 'work', primary: true },
    { value: 'c@x.org', type: 'home' },
  ],
  roles: [],
  tags: ['a', 'b'],
  meta: { created: '2026-03-01T01:30:00+02:00' },
  [ENTERPRISE]: { department: 'Ops', manager: { value: '7' } },
};

type Verdict = boolean | 'refused';

function verdict(decide: () => boolean): Verdict {
  try {
    return decide();
  } catch {
    return 'refused';
  }
}

const ours = (text: string) => verdict(() => matchesFilter(text, user));
const scim2ParseFilter = (text: string) => verdict(() => scim2Filter(scim2Parse(text))(user));
const scimmy = (text: string) => verdict(() => new SCIMMY.Types.Filter(text).match([user]).length > 0);

const NO = 'refused';

describe('where all agree', () => {
  it.each<[string, Verdict]>([
    ['USERNAME EQ "Bjensen"', true],
    ['id eq "ab"', false],
    ['emails.type ne "work"', true],
    ['active pr', true],
    ['title ne "x"', true],
    ['age gt 9', true],
    ['age eq 3.8e1', true],
    ['userName pr or unknown pr and unknown pr', true],
    ['not (unknown pr) and userName pr', true],
    ['name.familyName sw "Jen"', true],
    ['userName eq"Bjensen"', true],
    ['userName eq "x', NO],
    ['(userName pr', NO],
    ["userName eq 'Bjensen'", NO],
    ['', NO],
  ])('%s is %s', (text, expected) => {
    expect([ours(text), scim2ParseFilter(text), scimmy(text)]).toEqual([expected, expected, expected]);
  });
});

/** A row is: the filter, this library, scim2-parse-filter, scimmy, and why this library's answer is the right one. */
const differences: [string, Verdict, Verdict, Verdict, string][] = [
  ['userName eq "bjensen"', true, false, false, 'userName is not case-exact (RFC 7643 §4.1.1)'],
  ['emails.value eq "B@example.com"', true, false, false, 'emails.value is not case-exact (RFC 7643 §8.7.1)'],
  ['emails co "x.org"', true, false, NO, 'an example of RFC 7644 §3.4.2.2 means emails.value'],
  ['not (emails[type eq "work"])', false, false, true, 'one value is of type work'],
  ['emails[type eq "work" and value co "x.org"]', false, true, false, 'no one value satisfies both'],
  ['emails[not (type eq "home")]', true, false, true, 'the work address is not of type home'],
  ['title pr', false, true, true, 'null is no value (RFC 7643 §2.5)'],
  ['nickName pr', false, true, true, 'an empty value is not present (RFC 7644 §3.4.2.2, table 3)'],
  ['roles pr', false, true, NO, 'an empty list is no value (RFC 7643 §2.5)'],
  ['title eq null', true, true, false, 'null is unassigned, and so is the title'],
  ['unknown ne "x"', true, false, true, 'no value is not identical to a value'],
  ['unknown eq null', true, false, true, 'absent and null are the same state (RFC 7643 §2.5)'],
  ['age gt "9"', false, true, false, 'a number and a text have no order'],
  ['active eq "true"', false, false, true, 'a text is not a boolean'],
  ['meta.created eq "2026-02-28T23:30:00Z"', true, false, false, 'the same moment in another zone'],
  ['meta.created gt "2026-02-28T23:45:00Z"', false, true, false, 'the moment is a quarter of an hour earlier'],
  [`${ENTERPRISE}:department eq "Ops"`, true, true, false, 'an attribute of an extension'],
  [`${ENTERPRISE}:manager.value eq "7"`, true, true, NO, 'a part of an attribute of an extension'],
  [`${ENTERPRISE} pr`, true, false, true, 'the extension has values'],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Bjensen"', true, false, false, 'RFC 7644, figure 2'],
  ['tags eq "a"', true, false, NO, 'any value of a multi-valued attribute'],
  ['members.$ref pr', false, NO, NO, '$ref is the name of an attribute'],
  [String.raw`userName eq "B\u006aensen"`, true, false, false, 'an escape of JSON (RFC 7644 §3.4.2.2)'],
  ['active gt false', NO, true, true, 'booleans have no order (RFC 7644 §3.4.2.2, table 3)'],
  ['userName gt true', NO, false, false, 'booleans have no order'],
  ['not userName pr', NO, false, false, 'not needs parentheses by the grammar'],
  ['userName eq Bjensen', NO, NO, true, 'a text stands in quotes by the grammar'],
  ['age eq 038', NO, NO, true, 'a number of JSON has no leading zero'],
  ['userName eq "a\nb"', NO, NO, false, 'a control character is escaped in JSON'],
  ['userName pr pr', NO, NO, true, 'two operators'],
  ['a.b.c pr', NO, false, NO, 'a sub-attribute has no parts (RFC 7643 §2.3.8)'],
  ['a[b[c pr]]', NO, false, NO, 'a value path holds no other one by the grammar'],
  ['emails[type eq "work"].value eq "b@Example.com"', NO, true, true, 'not in the grammar; many servers refuse it too'],
];

describe('where they differ, and why the answer here is the right one', () => {
  it.each(differences)('%s', (text, here, there, elsewhere) => {
    expect([ours(text), scim2ParseFilter(text), scimmy(text)]).toEqual([here, there, elsewhere]);
  });

  it('each has its reason', () => {
    for (const [text, here, there, elsewhere, reason] of differences) {
      expect([text, here === there && here === elsewhere, reason.length > 10]).toEqual([text, false, true]);
    }
  });
});
