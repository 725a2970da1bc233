import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const program = `
  import { createRateLimiter } from './rate-limit.ts';
  const throttle = createRateLimiter({ requests: 1, intervalMs: 60_000 });
  await throttle(async () => {});
  const stop = new AbortController();
  const queued = throttle(async () => {}, stop.signal);
  setTimeout(() => stop.abort('enough'), 50);
  await queued.catch((reason) => console.log(reason));
`;

test('a process ends when its last call was aborted in the queue of a rate limit', { timeout: 30_000 }, async () => {
  const resolveDir = fileURLToPath(new URL('../../src/transport', import.meta.url));
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const [script] = outputFiles;
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script?.text ?? ''], {
    timeout: 20_000,
  });
  expect((await node).stdout.trim()).toBe('enough');
});
