import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { diffPatch } from '../../../src/scim/patch/diff.js';
import { cpuMs } from '../../support/cpu-ms.js';
import { add, ENTERPRISE, remove, tolerant, USER } from './apply-frozen.js';

const names = (size: number) => Array.from({ length: size }, (_, index) => `k${index}`);
const attributes = (size: number) => Object.fromEntries(names(size).map((name) => [name, name]));
const shouted = (size: number) => Object.fromEntries(names(size).map((name) => [name.toUpperCase(), 'x']));
const members = (size: number) => names(size).map((value) => ({ value }));
const half = (size: number) => members(size).filter((_, index) => index % 2 === 0);
const listed = (path: string, value: unknown) => ({ op: 'Remove', path, value });

function elapsedMs(run: () => unknown): number {
  const started = cpuMs();
  run();
  return cpuMs() - started;
}

describe('time grows with the size of a patch', () => {
  it.each<[string, (size: number) => unknown]>([
    ['the keys of a value without a path', (size) => applyPatch({}, [add(undefined, attributes(size))])],
    ['the keys of an extension', (size) => applyPatch({}, [add(undefined, { [ENTERPRISE]: attributes(size) })])],
    ['the parts of a complex value', (size) => applyPatch({ x: { a: 1 } }, [add('x', attributes(size))])],
    [
      'operations on one attribute each',
      (size) =>
        applyPatch(
          {},
          names(size).map((name) => add(name, 1)),
        ),
    ],
    [
      'operations on one part each',
      (size) =>
        applyPatch(
          {},
          names(size).map((name) => add(`x.${name}`, 1)),
        ),
    ],
    [
      'operations on one of an extension each',
      (size) =>
        applyPatch(
          {},
          names(size).map((name) => add(`${ENTERPRISE}:${name}`, 1)),
        ),
    ],
    [
      'operations on one extension each',
      (size) =>
        applyPatch(
          { schemas: [USER] },
          names(size).map((name) => add(`urn:x:${name}:a`, 1)),
        ),
    ],
    [
      'removals of one attribute each',
      (size) =>
        applyPatch(
          attributes(size),
          names(size).map((name) => remove(name.toUpperCase())),
        ),
    ],
    [
      'removals of one part each',
      (size) =>
        applyPatch(
          { x: attributes(size) },
          names(size).map((name) => remove(`x.${name}`)),
        ),
    ],
    [
      'a list of members to remove',
      (size) => applyPatch({ members: members(size) }, [listed('members', half(size))], tolerant),
    ],
    [
      'members to remove, one in a list',
      (size) =>
        applyPatch(
          { members: members(size) },
          half(size).map((member) => listed('members', [member])),
          tolerant,
        ),
    ],
    [
      'a list of values to remove',
      (size) => applyPatch({ emails: members(size) }, [listed('emails', half(size))], tolerant),
    ],
    [
      'values that are merged',
      (size) =>
        applyPatch({ emails: members(size) }, [
          add(
            'emails',
            members(size).map((email) => ({ ...email, display: 'x' })),
          ),
        ]),
    ],
    [
      'values added by one operation each',
      (size) =>
        applyPatch(
          { emails: [] },
          members(size).map((email) => add('emails', [{ ...email, type: 'work' }])),
        ),
    ],
    [
      'values added by turns to two attributes',
      (size) =>
        applyPatch(
          {},
          members(size).map((value, index) => add(index % 2 === 0 ? 'emails' : 'phoneNumbers', [value])),
        ),
    ],
    [
      'values of which each becomes the primary one',
      (size) =>
        applyPatch(
          {},
          members(size).map((email) => add('emails', [{ ...email, primary: true }])),
        ),
    ],
    [
      'parts of values, each chosen by a filter',
      (size) =>
        applyPatch(
          { emails: members(size) },
          names(size).map((name) => ({ op: 'replace', path: `emails[value eq "${name}"].display`, value: 'x' })),
        ),
    ],
    [
      'removals of values, each chosen by a filter',
      (size) =>
        applyPatch(
          { emails: members(size) },
          names(size).map((name) => remove(`emails[value eq "${name}"]`)),
        ),
    ],
    [
      'values to remove, one in a list',
      (size) =>
        applyPatch(
          { emails: members(size) },
          half(size).map((email) => listed('emails', [email])),
          tolerant,
        ),
    ],
    ['a part of every value', (size) => applyPatch({ emails: members(size) }, [add('emails.display', 'x')])],
    ['the attributes to compare', (size) => diffPatch(attributes(size), shouted(size))],
    ['the parts to compare', (size) => diffPatch({ x: attributes(size) }, { x: shouted(size) })],
    [
      'the attributes of an extension to compare',
      (size) => diffPatch({ 'urn:x:y': attributes(size) }, { 'urn:x:y': shouted(size) }),
    ],
  ])('and no faster, for %s', (_name, run) => {
    const time = (size: number) =>
      Array.from({ length: 5 }, () => elapsedMs(() => run(size))).sort((a, b) => a - b)[1] ?? 0;
    time(1_000);
    // Four times the size: sixteen times the time, if it grew with the square. Once is enough: a busy machine only adds.
    const isLinear = () => time(8_000) < 8 * time(2_000) + 20;
    expect(isLinear() || isLinear() || isLinear()).toBe(true);
  });
});

describe('a value nested twenty thousand deep', () => {
  const nested = (wrap: (inner: unknown) => unknown): unknown => {
    let value: unknown = 1;
    for (let depth = 0; depth < 20_000; depth += 1) value = wrap(value);
    return value;
  };
  const lists = nested((inner) => [inner]);
  const objects = nested((inner) => ({ a: inner }));
  const user = { emails: [{ value: 'a' }] };

  it.each<[string, () => unknown]>([
    ['a list for the values that a filter chooses', () => applyPatch(user, [add('emails[value eq "a"]', lists)])],
    ['a replacement for them', () => applyPatch(user, [{ op: 'replace', path: 'emails[value eq "a"]', value: lists }])],
    ['an unknown attribute', () => applyPatch({}, [add('x', objects)])],
    ['an unknown part', () => applyPatch(user, [add('emails', { x: lists })])],
    ['an attribute of an extension', () => applyPatch({}, [add(undefined, { [ENTERPRISE]: objects })], tolerant)],
    ['values a server sent, among many', () => applyPatch({ x: [lists, objects] }, [add('x', names(100))])],
  ])('is refused in a patch: %s', (_name, run) => {
    expect(run).toThrow(expect.objectContaining({ code: 'invalid_patch', scimType: 'invalidValue' }));
  });

  it('that a server sent is left alone by a patch of something else', () => {
    expect(applyPatch({ x: lists, y: [objects] }, [add('title', 'a'), add('y', 1), remove('x')])).toMatchObject({
      title: 'a',
    });
  });

  it.each<[string, object, object]>([
    ['later', {}, { x: lists }],
    ['earlier', { x: objects }, {}],
    ['in both', { x: objects }, { x: { a: objects } }],
    ['in a list', {}, { x: [objects] }],
    ['in a member', {}, { members: [{ value: '1', x: objects }] }],
  ])('is refused in a difference: %s', (_name, before, after) => {
    for (const ignoreCase of [false, true]) {
      expect(() => diffPatch(before, after, { ignoreCase })).toThrow(
        expect.objectContaining({ code: 'invalid_input' }),
      );
    }
  });
});
