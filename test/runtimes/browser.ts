import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Arguments for Node: takes away what a page has not, but for `Buffer`, which Node's own `fetch` needs. */
export const withoutProcess: readonly string[] = [
  '--import',
  "data:text/javascript,for (const name of ['process', 'global', 'setImmediate', 'clearImmediate']) delete globalThis[name];",
];

/** The first Chromium that is installed. `CHROME_PATH` names another. */
export async function findChromium(): Promise<string | undefined> {
  const names = [process.env.CHROME_PATH, 'chromium', 'chromium-browser', 'google-chrome'];
  for (const name of names.filter((given) => given !== undefined)) {
    const found = await promisify(execFile)(name, ['--version']).catch(() => undefined);
    if (found !== undefined) return name;
  }
  return undefined;
}

/** Runs a bundle in a page of Chromium, and gives the line that it prints. */
export async function runInChromium(chromium: string, bundle: string): Promise<string> {
  let tell: (text: string) => void = () => {};
  let fail: (reason: Error) => void = () => {};
  const told = new Promise<string>((resolve, reject) => {
    tell = resolve;
    fail = reject;
  });
  const page = `<!doctype html><script type="module">
    const tell = (text) => fetch('/result', { method: 'POST', body: text });
    console.log = tell;
    addEventListener('error', ({ message }) => tell(message));
    addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)));
    await import('/bundle.js');
  </script>`;
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      tell((await request.setEncoding('utf8').toArray()).join(''));
      response.end();
    } else if (request.url === '/bundle.js') response.setHeader('content-type', 'text/javascript').end(bundle);
    else response.setHeader('content-type', 'text/html').end(page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`];
  const child = spawn(chromium, [...flags, '--remote-debugging-port=0', url], { stdio: 'ignore' });
  child.once('error', fail);
  child.once('exit', (code) => fail(new Error(`Chromium ended by itself, with code ${code}.`)));
  const stuck = setTimeout(() => fail(new Error('The page said nothing for two minutes.')), 120_000);
  try {
    return await told;
  } finally {
    clearTimeout(stuck);
    child.removeAllListeners('exit');
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
