import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { moveOver, type NodeFiles } from '../../src/internal/node-files.js';

/** A file system that refuses so often, as Windows does while somebody reads the file that is replaced. */
function refusing(times: number, code: string) {
  const rename = vi.fn<NodeFiles['rename']>();
  for (let time = 0; time < times; time++) rename.mockRejectedValueOnce(Object.assign(new Error(code), { code }));
  rename.mockResolvedValue(undefined);
  // Nothing else of a file system is asked for.
  return { rename, files: { rename } as unknown as NodeFiles };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'a file that is held for a moment is replaced all the same: %s',
  async (code) => {
    const { rename, files } = refusing(2, code);
    await moveOver(files, 'new', 'old');
    expect(rename.mock.calls).toEqual(Array.from({ length: 3 }, () => ['new', 'old']));
  },
);

test('one that stays held is given up after a second, with what the system said', async () => {
  const { files } = refusing(100, 'EPERM');
  const startMs = performance.now();
  await expect(moveOver(files, 'new', 'old')).rejects.toMatchObject({ code: 'EPERM' });
  expect(performance.now() - startMs).toBeGreaterThan(900);
});

test.each(['ENOENT', 'ENOSPC', 'EIO'])('what does not pass is not waited for: %s', async (code) => {
  const { rename, files } = refusing(1, code);
  await expect(moveOver(files, 'new', 'old')).rejects.toMatchObject({ code });
  expect(rename).toHaveBeenCalledTimes(1);
});

test('nothing replaces a file in another way', () => {
  const root = new URL('../../src/', import.meta.url);
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const renaming = sources.filter((name) =>
    /\.rename\(/.test(readFileSync(new URL(name.replaceAll('\\', '/'), root), 'utf8')),
  );
  expect(renaming.map((name) => name.replaceAll('\\', '/'))).toEqual(['internal/node-files.ts']);
});
