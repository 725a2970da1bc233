import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createEmulator } from '../../src/testing/index.js';
import { importWords } from '../support/import-word.js';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/guides/proxies-and-certificates.md'), 'utf8');

/** A proxy that writes down where it was asked to connect to. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(405).end();
  });
  server.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const upstream = connectTo(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) one.on('error', () => one.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const program = `
import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
const client = new ScimClient({ baseUrl: process.env.URL_OF_SCIM, token: process.env.TOKEN, dangerouslyAllowHttpLoopback: true, maxRetries: 0 });
const { items } = await client.users.list({ count: 1 });
console.log(items.length);
`;

test('requests go through the proxy of the environment, as the guide sets it, and past it where it says so', async () => {
  expect(guide).toContain('NODE_USE_ENV_PROXY=1');
  await using emulator = createEmulator();
  const { scimBaseUrl } = await emulator.listen();
  const { asked, url } = await startProxy();
  const env = {
    ...process.env,
    URL_OF_SCIM: scimBaseUrl,
    TOKEN: emulator.scim.token,
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: url,
  };
  const run = async (noProxy: string) => {
    const how = { env: { ...env, NO_PROXY: noProxy, no_proxy: noProxy } };
    const words = [...importWords(inject('packageHook')), '--input-type=module', '-e'];
    const { stdout } = await promisify(execFile)(process.execPath, [...words, program], how);
    return stdout.trim();
  };
  await expect(run('')).resolves.toBe('1');
  expect(asked.join()).toContain(new URL(scimBaseUrl).host);
  const before = asked.length;
  await expect(run('127.0.0.1')).resolves.toBe('1');
  expect(asked).toHaveLength(before);
});
