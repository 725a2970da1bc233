import { describe, expect, it } from 'vitest';
import type { ResourceSchema } from '../../../src/scim/schemas/rules.js';
import { add, failure, patched, replace } from './apply-frozen.js';

const email = (value: string, type?: string, more: object = {}) => ({ value, ...(type ? { type } : {}), ...more });
/** Enough that they are compared by an index. */
const many = Array.from({ length: 100 }, (_, index) => email(`e${index}`, 'work'));

describe('values with the same value and type', () => {
  it.each([
    ['few', []],
    ['many', many],
  ])('are one, in what is there and in what is added: %s', (_name, others) => {
    const added = [email('a', 'work'), email('A', 'WORK', { display: 'x' }), email('a', 'home')];
    const expected = [...others, email('a', 'work', { display: 'x' }), email('a', 'home')];
    expect(patched({ emails: others }, [add('emails', added)]).emails).toEqual(expected);
    expect(
      patched(
        { emails: others },
        added.map((value) => add('emails', value)),
      ).emails,
    ).toEqual(expected);
  });

  it('keep the names and the case they are stored with', () => {
    const emails = [{ Value: 'a@x', Type: 'work' }];
    expect(patched({ emails }, [add('emails', email('A@X', 'work', { primary: true }))]).emails).toEqual([
      { Value: 'a@x', Type: 'work', primary: true },
    ]);
    expect(patched({ emails }, [add('emails', email('A@X', 'work'))]).emails).toEqual(emails);
  });

  it('are told apart by case where the schema does', () => {
    const photos = [email('https://x/a')];
    expect(patched({ photos }, [add('photos', email('https://x/A'))]).photos).toHaveLength(2);
  });

  it('do not stay twice when a change makes them equal', () => {
    for (const others of [[], many]) {
      const emails = [email('a', 'work'), email('b', 'work'), ...others];
      expect(patched({ emails }, [replace('emails[value eq "b"].value', 'a')]).emails).toEqual([
        email('a', 'work'),
        ...others,
      ]);
    }
  });

  it('merge without changing a part that can be set only once', () => {
    const schema: ResourceSchema = {
      id: 'urn:x',
      attributes: {
        keys: { type: 'complex', multiValued: true, subAttributes: { value: {}, at: { mutability: 'immutable' } } },
      },
    };
    const stored = { keys: [{ value: 'a', at: '1' }] };
    expect(failure(stored, [add('keys', { value: 'a', at: '2' })], { schema }).scimType).toBe('mutability');
  });
});

describe('values that are known by their value alone', () => {
  const subAttributes = { value: { caseExact: true, mutability: 'immutable' }, n: { type: 'integer' } } as const;
  const schema: ResourceSchema = {
    id: 'urn:x',
    attributes: { list: { type: 'complex', multiValued: true, subAttributes } },
  };

  it('are only those of which nothing can be changed', () => {
    const stored = { list: [{ value: 'a' }] };
    expect(patched(stored, [add('list', [{ value: 'a', n: 2 }])], { schema })).toEqual({
      list: [{ value: 'a', n: 2 }],
    });
  });

  it('are not lost for having none', () => {
    const members = [{ $ref: 'https://x/1' }, { $ref: 'https://x/2' }];
    expect(patched({}, [replace('members', members)])).toEqual({ members });
  });
});

describe('the primary value', () => {
  it('is one at most, whatever the spelling of the name', () => {
    const things = [{ value: 'a', primary: true }, { value: 'b' }];
    expect(patched({ things }, [replace('things[value eq "b"].Primary', true)]).things).toEqual([
      { value: 'a', primary: false },
      { value: 'b', Primary: true },
    ]);
  });
});

describe('values that one operation changes', () => {
  it('share nothing of what it gives', () => {
    const emails = [email('a', 'work'), email('b', 'work')];
    const result = patched({ emails }, [add('emails[type eq "work"]', { x: { a: 1 } })]);
    const [first, second] = result.emails as { x: object }[];
    expect(first?.x).toEqual({ a: 1 });
    expect(first?.x).not.toBe(second?.x);
  });
});
