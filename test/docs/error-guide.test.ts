import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorGuide } from '../../scripts/error-guide/write-guide.ts';

// After a change of words, write it anew: `npx vitest run --project library test/docs/error-guide.test.ts -u`.
it('explains every code of an error, a form, a check and a roster in the guide, as the library says it', async () => {
  const guide = join(import.meta.dirname, '../../docs/guides/what-an-error-means.md');
  await expect(errorGuide()).toMatchFileSnapshot(guide);
});
