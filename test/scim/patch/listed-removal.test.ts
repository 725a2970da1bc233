import { describe, expect, it } from 'vitest';
import { failure, GROUP, patched, tolerant } from './apply-frozen.js';

const listed = (path: string, value: unknown) => [{ op: 'remove', path, value }];

describe('a list of values to remove', () => {
  const group = { schemas: [GROUP], displayName: 'G', members: [{ value: '1', type: 'User' }, { value: '2' }] };

  it.each([[[]], [{}], [null]])('that names none removes none: %j', (value) => {
    expect(patched(group, listed('members', value), tolerant)).toEqual(group);
    expect(failure(group, listed('members', value)).scimType).toBe('invalidValue');
  });

  it('removes the members it names, whatever else it says of them', () => {
    const value = [{ value: '1', display: 'One', type: 'Group' }, { value: '9' }, '2'];
    expect(patched(group, listed('members', value.slice(0, 2)), tolerant).members).toEqual([{ value: '2' }]);
    expect(patched(group, listed('members', value), tolerant)).not.toHaveProperty('members');
    expect(failure(group, listed('members', [{ display: 'One' }]), tolerant).scimType).toBe('invalidValue');
  });

  it('does the same in a run of operations as one after another', () => {
    const operations = [
      ...listed('members', [{ value: '1' }]),
      { op: 'add', path: 'members', value: [{ value: '3' }, { value: '1' }] },
      ...listed('members', ['3', '2']),
    ];
    expect(patched(group, operations, tolerant).members).toEqual([{ value: '1' }]);
  });

  const emails = [
    { value: 'A@x', type: 'work', display: 'a' },
    { value: 'a@x', type: 'home' },
    { value: 'b@x', type: 'work' },
  ];

  it('removes by value and type, in any case where the schema has none', () => {
    const rest = (value: unknown) => patched({ emails }, listed('emails', value), tolerant).emails;
    expect(rest([{ value: 'a@X', type: 'Work' }])).toEqual([emails[1], emails[2]]);
    expect(rest([{ value: 'a@x' }])).toEqual([emails[2]]);
    expect(rest([{ value: 'a@x', type: 'other' }])).toEqual(emails);
    expect(rest(['b@x'])).toEqual([emails[0], emails[1]]);
  });

  it('keeps to case where the schema does', () => {
    const photos = [{ value: 'https://x/A' }, { value: 'https://x/a' }];
    expect(patched({ photos }, listed('photos', [{ value: 'https://x/a' }]), tolerant).photos).toEqual([photos[0]]);
    expect(patched({ tags: ['a', 'A'] }, listed('tags', ['a']), tolerant).tags).toEqual(['A']);
  });

  it('removes what has no value by all that it says', () => {
    const addresses = [{ locality: 'Oslo', type: 'work' }, { locality: 'Oslo' }];
    expect(patched({ addresses }, listed('addresses', [{ locality: 'oslo' }]), tolerant).addresses).toEqual([
      addresses[0],
    ]);
  });
});
