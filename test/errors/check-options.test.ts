import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { checkChoice, checkNumber, checkOptions, checkPositive } from '../../src/errors/check-options.js';
import { nearestWord, nearMissOf, slipOf } from '../../src/errors/nearest-word.js';

interface Options {
  readonly fetch?: unknown;
  readonly timeoutMs?: number;
}
const check = (given: unknown) => () =>
  checkOptions<Options>('connect()', given as Options, { fetch: true, timeoutMs: true });

describe('options', () => {
  it.each([
    [{ fecth: 1 }, '`fecth` is not an option of connect().', 'Write `fetch`.', ['fecth']],
    [{ TimeOutMS: 1 }, '`TimeOutMS` is not an option of connect().', 'Write `timeoutMs`.', ['TimeOutMS']],
    [{ time: undefined }, '`time` is not an option of connect().', 'Write `timeoutMs`.', ['time']],
    [{ proxy: 1 }, '`proxy` is not an option of connect().', 'Use one of these: fetch, timeoutMs.', ['proxy']],
    [null, 'The options of connect() must be an object.', 'Give an object, or leave them out.', []],
    [[], 'The options of connect() must be an object.', 'Give an object, or leave them out.', []],
  ])('%j are refused', (given, message, remedy, path) => {
    expect(check(given)).toThrow(expect.objectContaining({ name: 'InputError', message, remedy, path }));
  });

  const signal = 'Give it by its name: `{ signal }`.';
  const plain = 'The options of connect() must be a plain object';

  it.each([
    [AbortSignal.abort(), `${plain}: this is of the class \`AbortSignal\`.`, signal],
    [new AbortController(), `${plain}: this is of the class \`AbortController\`.`, /controller\.signal/],
    [new Headers({ timeoutMs: '5' }), `${plain}: this is of the class \`Headers\`.`, /Object\.fromEntries\(headers\)/],
    [new Map([['timeoutMs', 5]]), `${plain}: this is of the class \`Map\`.`, /Object\.fromEntries\(map\)/],
    [Promise.resolve({ timeoutMs: 5 }), `${plain}: this is of the class \`Promise\`.`, /await/],
    [new Set(['timeoutMs']), `${plain}.`, /by their names/],
    [new Date(), `${plain}.`, /by their names/],
    [new Uint8Array(), `${plain}.`, /by their names/],
    [new (class Nothing {})(), `${plain}.`, /by their names/],
  ])('that hold their values elsewhere are not taken for none: %s', (given, message, remedy) => {
    const expected = { name: 'InputError', message, remedy: expect.stringMatching(remedy), path: [] };
    const found = typeof remedy === 'string' ? { ...expected, remedy } : expected;
    expect(check(given)).toThrow(expect.objectContaining(found));
  });

  it.each([
    Object.create({ timeoutMs: 5 }),
    Object.create(Object.assign(Object.create(null), { timeoutMs: 5 })),
    Object.assign(Object.create(Object.assign(Object.create(null), { timeoutMs: 5 })), { fetch }),
  ])('that are inherited are refused, whatever they come from (%#)', (given) => {
    const message = '`timeoutMs` is no property of the options of connect() themselves.';
    expect(check(given)).toThrow(expect.objectContaining({ name: 'InputError', message, path: ['timeoutMs'] }));
  });

  it('may be of another realm, without a prototype, or of a class that gives each instance its own', () => {
    expect(check(runInNewContext('({ timeoutMs: 5 })'))).not.toThrow();
    expect(check(runInNewContext('({})'))).not.toThrow();
    expect(check(Object.create(null))).not.toThrow();
    class Own {
      timeoutMs = 5;
    }
    expect(check(new Own())).not.toThrow();
  });

  it('`headers` are a plain object: of `Headers` or a map nothing would be sent', () => {
    const headers = (given: unknown) => () =>
      checkOptions<object>('get()', { headers: given }, { headers: true } as object);
    const remedy = 'Make an object of it: `Object.fromEntries(headers)`.';
    const message = '`headers` must be a plain object: this is of the class `Headers`.';
    expect(headers(new Headers({ 'x-a': '1' }))).toThrow(
      expect.objectContaining({ message, remedy, path: ['headers'] }),
    );
    expect(headers(new Map([['x-a', '1']]))).toThrow('`headers` must be a plain object: this is of the class `Map`.');
    expect(headers(Object.create({ 'x-a': '1' }))).toThrow('`headers` must be a plain object.');
    expect(headers({ 'x-a': '1' })()).toEqual({ headers: { 'x-a': '1' } });
  });

  it('that are known pass, and hold what such an option holds everywhere', () => {
    expect(check({ fetch, timeoutMs: 5 })).not.toThrow();
    expect(check({ fetch, timeoutMs: 'soon' })).toThrow('`timeoutMs` must be a number above 0.');
    expect(check({})).not.toThrow();
  });

  it('are checked against all names there are', () => {
    // @ts-expect-error TS2345: timeoutMs is missing
    checkOptions<Options>('connect()', {}, { fetch: true });
  });
});

describe('an option that belongs in another argument', () => {
  const query = (given: object) => () =>
    checkOptions<object>(
      'events()',
      given,
      { after: true },
      { argument: 'last', names: { signal: true, timeoutMs: true } },
    );
  const options = (given: object) => () =>
    checkOptions<object>('events()', given, { signal: true }, { argument: 'first', names: { eventTypes: true } });

  it.each([
    [
      query({ signal: 1 }),
      'how events() is called, not what is asked for',
      '`signal` in the last',
      '(…, { signal: … })',
    ],
    [
      query({ timeout: 1 }),
      'how events() is called, not what is asked for',
      '`timeoutMs` in the last',
      '(…, { timeoutMs: … })',
    ],
    [
      options({ eventTypes: 1 }),
      'what events() is asked for, not how it is called',
      '`eventTypes` in the first',
      '({ eventTypes: … }, …)',
    ],
  ])('is told where to go, also where it is misspelt: %s', (call, sort, place, example) => {
    const message = expect.stringMatching(new RegExp(`^\`\\w+\` says ${sort.replace('()', '\\(\\)')}\\.$`));
    const remedy = `Give ${place} argument: \`events${example}\`.`;
    expect(call).toThrow(expect.objectContaining({ name: 'InputError', message, remedy }));
  });

  it('is not looked for where a name of this one is nearer, and a query is told to be one', () => {
    expect(query({ afer: 1 })).toThrow(expect.objectContaining({ remedy: 'Write `after`.' }));
    expect(query({ proxy: 1 })).toThrow(expect.objectContaining({ remedy: 'Use one of these: after.' }));
    expect(query([])).toThrow('The query of events() must be an object.');
    expect(options([])).toThrow('The options of events() must be an object.');
  });
});

it.each([
  [() => checkNumber('count', 0), '`count` must be a whole number, 1 or more.'],
  [() => checkNumber('count', 1.5), '`count` must be a whole number, 1 or more.'],
  [() => checkNumber('overlapMs', Number.POSITIVE_INFINITY, 0, false), '`overlapMs` must be a number, 0 or more.'],
  [() => checkPositive('timeoutMs', '5' as never), '`timeoutMs` must be a number above 0.'],
  [() => checkChoice('ordering', 'size', ['file', 'time']), '`ordering` must be "file" or "time".'],
  [() => checkChoice('onProgress', 1, [undefined], true), '`onProgress` must be a function.'],
])('%s is refused: %s', (run, message) => {
  expect(run).toThrow(expect.objectContaining({ name: 'InputError', message }));
});

it.each([
  ['token', 'scimToken'],
  ['SCIM_TOKEN', 'scimToken'],
  ['scimTokne', 'scimToken'],
  ['orgId', 'organizationId'],
  ['colour', undefined],
  // Its letters stand in two of the names, in their order: by chance.
  ['rani', undefined],
])('of what is known, the nearest to %s is %s', (given, nearest) => {
  expect(nearestWord(given, ['scimToken', 'organizationId', 'workspaceIds'])).toBe(nearest);
});

it.each([
  ['auth_log', 'AUTH_LOG'],
  ['AUHT_LOG', 'AUTH_LOG'],
  ['UATH_LOG', 'AUTH_LOG'],
  ['AUTH_LOGG', 'AUTH_LOG'],
  ['COST', 'COSTS'],
  ['COTSS', 'COSTS'],
  ['COSTSS', 'COSTS'],
  // Other words, with a letter of their own or more.
  ['OAUTH_LOG', undefined],
  ['HOSTS', undefined],
  ['COSTLY', undefined],
  ['AUTH_LOG2', undefined],
  ['AUTH_LOG_V2', undefined],
])('%s is a slip of %s', (given, meant) => {
  expect(slipOf(given, ['AUTH_LOG', 'COSTS'])).toBe(meant);
});

it.each([
  ['titel', 'title'],
  ['tittle', 'title'],
  ['tite', 'title'],
  ['tible', 'title'],
  ['display_name', 'displayName'],
  ['titls2', undefined],
  ['title2', undefined],
  ['titelx', undefined],
  ['etilt', undefined],
  // Too short to tell.
  ['ref', undefined],
  ['idx', undefined],
  ['title\u65e5\u672c', undefined],
])('%s is one letter from %s', (given, meant) => {
  expect(nearMissOf(given, ['id', '$ref', 'title', 'displayName'])).toBe(meant);
});
