import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { add, ENTERPRISE, patched, remove, replace } from './apply-frozen.js';

describe('a manager that is stored as a bare id', () => {
  const user = { [ENTERPRISE]: { manager: 'id1' } };
  const manager = (...operations: Parameters<typeof patched>[1]) => {
    const extension = patched(user, operations)[ENTERPRISE] as { manager?: unknown } | undefined;
    return extension?.manager;
  };

  it('keeps the id when a part is added to it', () => {
    const both = { value: 'id1', $ref: 'r' };
    expect(manager(add(`${ENTERPRISE}:manager.$ref`, 'r'))).toEqual(both);
    expect(manager(replace(`${ENTERPRISE}:manager.$ref`, 'r'))).toEqual(both);
    expect(manager(add(`${ENTERPRISE}:manager`, { $ref: 'r' }))).toEqual(both);
  });

  it('stays as it is when nothing changes', () => {
    expect(manager(remove(`${ENTERPRISE}:manager.$ref`))).toBe('id1');
    expect(manager(add(`${ENTERPRISE}:manager`, { value: 'id1' }))).toBe('id1');
  });

  it('is changed and removed by its value', () => {
    expect(manager(replace(`${ENTERPRISE}:manager.value`, 'id2'))).toEqual({ value: 'id2' });
    expect(manager(remove(`${ENTERPRISE}:manager.value`))).toBeUndefined();
  });
});

describe('an attribute that no schema names', () => {
  it('takes a list as a part, whether it is there or not', () => {
    expect(patched({}, [add('x.q', [1])])).toEqual({ x: { q: [1] } });
    expect(patched({}, [replace('x.q', [1])])).toEqual({ x: { q: [1] } });
    expect(patched({ x: { q: [1] } }, [add('x.q', [2])])).toEqual({ x: { q: [1, 2] } });
  });

  it('has the value that replaces another, of whatever shape', () => {
    for (const value of ['b', ['b'], { b: 1 }, 5]) {
      for (const x of ['a', ['a'], 7, undefined]) {
        expect(patched({ x }, [replace('x', value)])).toEqual({ x: value });
        expect(patched({ y: { x } }, [replace('y.x', value)])).toEqual({ y: { x: value } });
      }
    }
  });

  it('is no list for having been an empty one', () => {
    expect(patched({ x: [] }, [add('x', 1)])).toEqual({ x: 1 });
    expect(patched({ x: { q: [] } }, [add('x.q', 1)])).toEqual({ x: { q: 1 } });
    expect(patched({ x: [] }, [add('x.q', 1)])).toEqual({ x: { q: 1 } });
  });

  it('keeps a simple value as its `value` when it gets parts', () => {
    expect(patched({ x: 'a' }, [add('x.q', 1)])).toEqual({ x: { value: 'a', q: 1 } });
  });
});

describe('what is not a patch', () => {
  it.each<[string, unknown, unknown]>([
    ['operations', { id: '1' }, { title: 'Lead' }],
    ['operations', { id: '1' }, undefined],
    ['resource', undefined, []],
    ['resource', [], []],
  ])('is refused by the name of the argument: %s', (name, resource, operations) => {
    expect(() => applyPatch(resource as object, operations as [])).toThrow(
      expect.objectContaining({ code: 'invalid_input', path: [name] }),
    );
  });

  it('but nothing to do is done', () => {
    const resource = { id: '1', emails: [] };
    expect(applyPatch(resource, [])).toBe(resource);
  });
});
