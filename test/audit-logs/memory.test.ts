import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from './support/bundle-program.js';
import { numberedBodies, startLogServer } from './support/log-server.js';

// What 2 GB take is measured by bench/memory.ts; this is enough to see memory grow with the log.
const files = 24;
const fileBytes = 15_000_000;

test('360 MB of logs are read within 200 MiB', { timeout: 120_000 }, async () => {
  const { script, directory } = await bundleProgram('memory-child');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await using server = await startLogServer({ files, bodyOf: numberedBodies(fileBytes), holdsBodies: false });
  const { stdout } = await promisify(execFile)(process.execPath, [script, server.baseUrl]);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ files, duplicates: 0, eventsWithIssues: 0 });
  expect(result.bytes).toBe(server.files.reduce((sum, file) => sum + file.file_size, 0));
  expect(result.peakMiB).toBeLessThan(200);
});
