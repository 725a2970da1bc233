import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer, fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

type Member = { value: string };

const ids = ['a', 'b', 'c', 'd', 'e'];
const some = fc.subarray(ids);

/** What a server does with the members that are added, or removed: what it is told, or something else. */
const addition = fc.constantFrom(
  (before: string[], given: string[]) => [...new Set([...before, ...given])],
  (before: string[], given: string[]) => [...before, ...given],
  (_before: string[], given: string[]) => given,
  (before: string[]) => before,
  (before: string[], given: string[]) => [...before, ...given.slice(1)],
);
const removal = fc.constantFrom(
  (before: string[], given: string[]) => before.filter((id) => !given.includes(id)),
  (before: string[]) => before,
  () => [],
  (before: string[], given: string[]) => before.filter((id) => id !== given[0]),
);
/** What a server shows of them. */
const showing = fc.constantFrom(
  (members: string[]): readonly unknown[] | undefined => members.map((value) => ({ value })),
  (members: string[]) => (members.length > 2 ? undefined : members.map((value) => ({ value }))),
  () => [],
  () => undefined,
  (members: string[]) => members,
);
const answering = fc.constantFrom('nothing', 'before', 'after');

const given = fc.record({ before: some, named: some, addition, removal, showing, answering, verify: fc.boolean() });
const method = fc.constantFrom('addMembers', 'removeMembers', 'setMembers');

test('an addition that the answer to the removal does not show is not told', async () => {
  let members = ['b', 'd'];
  const server = fakeServer({ users: ['c', 'e'].map((id) => ({ id, userName: `${id}@x.example` })), groups: [] });
  server.intercept = ({ method: verb, path, body }) => {
    if (path !== '/Groups/g') return undefined;
    if (verb === 'PATCH') {
      for (const { op, path: at, value = [] } of (
        body as { Operations: { op: string; path: string; value?: Member[] }[] }
      ).Operations) {
        // It drops the first of those that are added.
        if (op === 'add') members = [...members, ...value.slice(1).map((member) => member.value)];
        else members = members.filter((id) => !at.includes(`"${id}"`));
      }
    }
    // A long list is not shown.
    const shown = members.length > 2 ? undefined : members.map((value) => ({ value }));
    return answer(200, { id: 'g', displayName: 'G', members: shown });
  };
  const { groups } = openClient(server).client;
  expect(await groups.setMembers('g', ['c', 'e'])).toMatchObject({ added: ['e'], removed: ['b', 'd'], dropped: ['c'] });
});

test('no removal is told, and none is verified, that did not happen; nor an addition that was seen not to', async () => {
  let [told, verified] = [0, 0];
  await fc.assert(
    fc.asyncProperty(given, method, async (drawn, name) => {
      const users = ids.map((id) => ({ id, userName: `${id}@x.example` }));
      let members = drawn.before;
      const group = (shown: string[]) => ({ id: 'g', displayName: 'G', members: drawn.showing(shown) });
      const server = fakeServer({ users, groups: [{ id: 'g', displayName: 'G' }] });
      server.intercept = ({ method: verb, path, body }) => {
        if (path !== '/Groups/g') return undefined;
        if (verb === 'GET') return answer(200, group(members));
        const before = members;
        for (const operation of (body as { Operations: { op: string; path: string; value?: Member[] }[] }).Operations) {
          const { op, value = [] } = operation;
          const named = value.map((member) => member.value);
          const [, id = ''] = /"(.*)"/.exec(operation.path) ?? [];
          if (op === 'add') members = drawn.addition(members, named);
          else members = op === 'remove' ? drawn.removal(members, [id]) : named;
        }
        if (drawn.answering === 'nothing') return new Response(null, { status: 204 });
        return answer(200, group(drawn.answering === 'before' ? before : members));
      };
      const { groups } = openClient(server).client;
      const result = await groups[name]('g', drawn.named, { verify: drawn.verify });
      const shown = group(members).members?.[0];
      // An answer that shows the members is looked at, whether that was asked for or not.
      const isAnswered = drawn.answering === 'after' && typeof shown === 'object';
      if (result.verified === true) verified += 1;
      else if (!isAnswered) return;
      told += result.removed.length;
      const left = new Set(members);
      expect(result.removed.filter((id) => left.has(id))).toEqual([]);
      expect(result.added.filter((id) => !left.has(id))).toEqual([]);
      if (result.verified !== true) return;
      // Who was not shown before cannot be missed; who is shown no more may be hidden, and is told all the same.
      const wasShown = typeof group(drawn.before).members?.[0] === 'object' ? drawn.before : [];
      const wasToStay = wasShown.filter((id) => !drawn.named.includes(id));
      const stay = [...(name === 'setMembers' ? [] : wasToStay), ...(name === 'removeMembers' ? [] : drawn.named)];
      expect(result.dropped).toEqual(expect.arrayContaining(stay.filter((id) => !left.has(id))));
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(20);
  expect(verified).toBeGreaterThan(50);
});
