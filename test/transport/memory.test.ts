import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { answerHeavily, heavyBodies } from './support/heavy-answers.js';

test('a heap of 256 MB survives every answer at the limit', { timeout: 300_000 }, async () => {
  const { script, directory } = await bundleProgram('heavy-answers-child', new URL('./support/', import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const server = createServer(answerHeavily).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const names = Object.keys(heavyBodies);
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=256',
    script,
    url,
    JSON.stringify(names),
  ]);
  const { told } = JSON.parse(stdout) as { readonly told: Record<string, Record<string, string>> };
  expect(Object.keys(told)).toEqual(names);
  expect(told['more values than are parsed']).toEqual({
    list: 'response_too_large',
    iterate: 'response_too_large',
    get: 'response_too_large',
    files: 'response_too_large',
  });
  expect(told['an error']).toMatchObject({ list: 'server_error', files: 'server_error' });
  expect(told['text beyond Latin-1']).toMatchObject({ list: 'read', get: 'read' });
  for (const outcomes of Object.values(told)) {
    for (const outcome of Object.values(outcomes)) expect(outcome).toMatch(/^[a-z_]+$/);
  }
});
