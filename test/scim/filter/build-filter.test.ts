import { describe, expect, it } from 'vitest';
import * as build from '../../../src/scim/filter/build.js';
import type { Filter } from '../../../src/scim/filter/filter.js';
import { formatFilter } from '../../../src/scim/filter/format.js';

const { and, co, eq, ew, ge, gt, le, lt, ne, not, or, present, sw, valuePath } = build;

describe('building a filter', () => {
  it.each([
    [eq('a', 'x'), 'a eq "x"'],
    [ne('a', null), 'a ne null'],
    [co('a', '"'), String.raw`a co "\""`],
    [sw('a', ''), 'a sw ""'],
    [ew('a', 'x'), 'a ew "x"'],
    [gt('a', 1), 'a gt 1'],
    [ge('a', -0), 'a ge 0'],
    [lt('meta.created', new Date(0)), 'meta.created lt "1970-01-01T00:00:00.000Z"'],
    [le('a', 1e21), 'a le 1e+21'],
    [present('urn:x:y.z'), 'urn:x:y.z pr'],
    [and(eq('a', 1), or(present('b'), and(present('c'), present('d')))), 'a eq 1 and (b pr or (c pr and d pr))'],
    [and(and(present('a'), present('b')), present('c')), '(a pr and b pr) and c pr'],
    [or(and(present('a'), present('b')), present('c')), '(a pr and b pr) or c pr'],
    [not(or(present('a'), present('b'))), 'not (a pr or b pr)'],
    [not(not(present('a'))), 'not (not (a pr))'],
    [valuePath('emails', and(eq('type', 'work'), not(present('value')))), 'emails[type eq "work" and not (value pr)]'],
    [and(present('a')), 'a pr'],
  ])('gives %j, written as %s', (filter, text) => {
    expect(formatFilter(filter)).toBe(text);
  });

  it.each(['a eq "x" or b', '', ' a', 'a ', 'a.b.c', '__proto__', 'a[b pr]', 'a\u0000', '1a', 'a"', 'a)'])(
    'refuses %j for a path',
    (path) => {
      expect(() => eq(path, 1)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
      expect(() => present(path)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
      expect(() => valuePath(path, present('x'))).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
    },
  );

  it.each([new Date(Number.NaN), new Date(8.64e15), new Date('-000001-12-31T00:00:00Z')])(
    'refuses a date that xsd:dateTime cannot write in four digits of a year',
    (date) => {
      expect(() => lt('meta.created', date)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    },
  );

  it('refuses to join nothing', () => {
    expect(() => and()).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(() => or()).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe('writing data that is no filter', () => {
  it.each([
    { op: 'eq', path: 'a eq "x" or b', value: 1 },
    { op: 'eq', path: 'a', value: { x: 1 } },
    { op: 'eq', path: 'a', value: Number.NaN },
    { op: 'eq', path: 'a' },
    { op: 'eq', value: 1 },
    { op: 'and', filters: [] },
    { op: 'drop', path: 'a' },
    { op: 'valuePath', path: 'a', filter: { op: 'valuePath', path: 'b', filter: { op: 'pr', path: 'c' } } },
  ])('is refused: %j', (data) => {
    expect(() => formatFilter(data as unknown as Filter)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
  });
});
