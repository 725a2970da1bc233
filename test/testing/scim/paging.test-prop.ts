import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askScim } from '../support/ask-scim.js';

test('every user comes exactly once, by index and by cursor, however the pages are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 12 }), async (users, count) => {
      await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
      const ids = Array.from({ length: users }, (_none, index) => emulator.store.users.add({ userName: `u${index}` }));
      const byIndex: string[] = [];
      for (let startIndex = 1; startIndex <= users; startIndex += count) {
        const { body } = await askScim(emulator, 'GET', `/Users?startIndex=${startIndex}&count=${count}`);
        byIndex.push(...body.Resources.map(({ id }: { id: string }) => id));
      }
      expect(byIndex).toEqual(ids);
      const byCursor: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { body } = await askScim(emulator, 'GET', `/Users?cursor=${cursor}&count=${count}`);
        byCursor.push(...body.Resources.map(({ id }: { id: string }) => id));
        cursor = body.nextCursor;
      }
      expect(byCursor).toEqual(ids);
    }),
    { numRuns: 40 },
  );
});
