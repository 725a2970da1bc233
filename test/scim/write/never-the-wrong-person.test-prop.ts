import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { fakeServer, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const userName = fc.constantFrom('a@x.y', 'A@x.y', 'b@x.y', 'c"d@x.y');
const externalId = fc.option(fc.constantFrom('hr-1', 'hr-2', 'hr\\3'), { nil: undefined });
const person = fc.record({ userName, externalId, active: fc.boolean(), title: fc.constantFrom('x', 'y') });
const refusal = fc.constantFrom(undefined, '501', 'invalidFilter', 'empty' as const);

/** Two that are one by what RFC 7643 says of `userName`, or by their number. */
const isSame = (one: Partial<Stored>, other: Partial<Stored>) =>
  String(one.userName).toLowerCase() === String(other.userName).toLowerCase() ||
  (one.externalId !== undefined && one.externalId === other.externalId);

it('an upsert changes no account of another externalId, and makes no second one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { maxLength: 4, comparator: isSame }),
      fc.array(person, { minLength: 1, maxLength: 4 }),
      fc.record({ userName: refusal, externalId: refusal }),
      async (directory, wanted, refused) => {
        const server = fakeServer({ users: directory.map((user, index) => ({ id: `${index}`, ...user })) });
        server.intercept = ({ query }) => {
          const [attribute = '', , value = ''] = query.get('filter')?.split(' ') ?? [];
          const how = refused[attribute as keyof typeof refused];
          // Servers that misread these say that nothing matches.
          if (how === 'empty' && /[\\"]./.test(value.slice(1, -1))) query.set('filter', 'userName eq "nobody"');
          if (how === '501') return scimError(501);
          return how === 'invalidFilter' ? scimError(400, how) : undefined;
        };
        const { client } = openClient(server, { profile: 'rfc' });
        for (const user of wanted) {
          const before = new Map(server.users);
          const result = await client.users.upsert(user).catch((error: unknown) => error);
          if (isSdkError(result)) expect(result).toMatchObject({ name: 'NaturalKeyConflictError' });
          for (const [id, old] of before) {
            if (server.users.get(id) === old) continue;
            expect([undefined, user.externalId]).toContain(user.externalId && old.externalId);
          }
          const all = [...server.users.values()];
          for (const one of all) expect(all.filter((other) => isSame(one, other))).toEqual([one]);
        }
      },
    ),
  );
});
