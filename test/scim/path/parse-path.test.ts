import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, type PatchPath, parsePath } from '../../../src/scim/patch/path.js';
import printed from '../../fixtures/rfc7644/paths.json' with { type: 'json' };

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('the paths printed in RFC 7644', () => {
  it.each(printed)('%s is read, and written as it was', (text) => {
    expect(formatPath(parsePath(text))).toBe(text);
  });
});

describe('reading a path', () => {
  it.each<[string, PatchPath]>([
    ['userName', { attribute: 'userName' }],
    ['name.familyName', { attribute: 'name', subAttribute: 'familyName' }],
    ['members.$ref', { attribute: 'members', subAttribute: '$ref' }],
    ['emails[type eq "work"]', { attribute: 'emails', filter: { op: 'eq', path: 'type', value: 'work' } }],
    [
      'emails[value eq "a].b:c[d"].type',
      { attribute: 'emails', filter: { op: 'eq', path: 'value', value: 'a].b:c[d' }, subAttribute: 'type' },
    ],
    ['members[value eq"x"]', { attribute: 'members', filter: { op: 'eq', path: 'value', value: 'x' } }],
    [`${ENTERPRISE}:department`, { urn: ENTERPRISE, attribute: 'department' }],
    [`${ENTERPRISE}:manager.value`, { urn: ENTERPRISE, attribute: 'manager', subAttribute: 'value' }],
    [
      `${ENTERPRISE}:things[a pr].b`,
      { urn: ENTERPRISE, attribute: 'things', filter: { op: 'pr', path: 'a' }, subAttribute: 'b' },
    ],
    [ENTERPRISE, { urn: ENTERPRISE }],
    [ENTERPRISE.toUpperCase(), { urn: ENTERPRISE.toUpperCase() }],
    ['urn:example:2.0:Thing', { urn: 'urn:example:2.0', attribute: 'Thing' }],
  ])('%s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(formatPath(path)).toBe(text.replace('eq"x"', 'eq "x"'));
  });

  it('knows the schemas it is told of', () => {
    const schemas = ['urn:example:app:1.0', 'urn:example:2.0:Thing'];
    expect(parsePath('urn:example:2.0:Thing', { schemas })).toEqual({ urn: 'urn:example:2.0:Thing' });
    expect(parsePath('urn:example:app:1.0', { schemas })).toEqual({ urn: 'urn:example:app:1.0' });
    expect(parsePath('urn:example:app:1.0:tag', { schemas })).toEqual({ urn: 'urn:example:app:1.0', attribute: 'tag' });
    expect(parsePath(ENTERPRISE, { schemas })).toMatchObject({ attribute: 'User' });
  });
});

describe('a refusal', () => {
  it.each([
    ['', 0],
    [' userName', 0],
    ['userName ', 8],
    ['user name', 4],
    ['a.b.c', 3],
    ['a.', 2],
    ['.a', 0],
    ['a..b', 2],
    ['1a', 0],
    ['__proto__', 0],
    ['a.__proto__', 2],
    ['a eq "x"', 1],
    ['emails]', 6],
    ['emails(type pr)', 6],
    ['name.x[a pr]', 6],
    ['emails[a pr]x', 12],
    ['emails[a pr] .b', 12],
    ['emails[a pr].', 13],
    ['emails[a pr].b.c', 14],
    ['emails[a pr].b:c', 14],
    ['emails[a pr].b[c pr]', 14],
    ['urn:example:app:1.0', 16],
    ['urn:x:', 6],
    ['[a pr]', 0],
  ])('of %j points at position %i', (text, position) => {
    expect(() => parsePath(text)).toThrow(
      expect.objectContaining({ name: 'ScimSyntaxError', code: 'invalid_path', scimType: 'invalidPath', position }),
    );
  });

  it.each(['emails[', 'emails[]', 'emails[type eq "x"', 'emails[type is "x"]', 'emails[a[b pr]]'])(
    'of %s is one of its filter',
    (text) => {
      expect(() => parsePath(text)).toThrow(
        expect.objectContaining({ name: 'ScimSyntaxError', code: 'invalid_filter', scimType: 'invalidFilter' }),
      );
    },
  );

  it('shows no value', () => {
    expect(() => parsePath('emails[value eq "jane@example.com"]x')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('jane') }),
    );
  });

  it.each<PatchPath>([
    {},
    { attribute: 'a b' },
    { attribute: 'a.b' },
    { attribute: 'a', subAttribute: 'b.c' },
    { attribute: '__proto__' },
    { urn: 'urn:x y' },
    { urn: 'urn:x"', attribute: 'a' },
  ])('to write %j', (path) => {
    expect(() => formatPath(path)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe('any text', () => {
  it('is read, or refused with an error of its own', () => {
    const token = fc.constantFrom('a', 'emails', '.', ':', '[', ']', ' ', 'b pr', '"', 'urn:x:', ENTERPRISE);
    const text = fc.oneof(
      fc.string(),
      fc.array(token, { maxLength: 8 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        try {
          const path = parsePath(any);
          expect(parsePath(formatPath(path))).toEqual(path);
        } catch (error) {
          expect(['invalid_path', 'invalid_filter']).toContain((error as { code?: string }).code);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
