// Runs the smoke test on other runtimes, on the packed package: `npm run runtimes`, or `npm run runtimes -- bun deno`.
// They are downloaded into a temporary folder, so that nobody has to install them to work here.
import '../../scripts/resolve-sources.ts';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { entries } from '../packaging/support/entries.ts';
import { findChromium, runInChromium, withoutProcess } from './browser.ts';
import { startResettingServer } from './resetting-server.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'runtimes-'));
const wanted = process.argv.slice(2);
const nodePackage = `npm:node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

const workerdPackage = `@cloudflare/workerd-${process.platform}-${process.arch === 'arm64' ? 'arm64' : '64'}`;
const bunPackage = `@oven/bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`;

interface Runtime {
  /** npm packages that bring it, none with an install script. */
  readonly packages: readonly string[];
  readonly run: (server: string) => Promise<string>;
}

const program = join(scratch, 'program.mjs');
const inScratch = (...path: string[]) => join(scratch, 'node_modules', ...path);
const execute = async (file: string, args: readonly string[]) => (await run(file, [...args], { cwd: scratch })).stdout;
const node = (version: string): Runtime => ({
  packages: [`node-${version}@${nodePackage}@${version}`],
  run: (server) => execute(inScratch(`node-${version}`, 'bin/node'), [program, server]),
});

const runtimes: Record<string, Runtime> = {
  'node 22.12': node('22.12.0'),
  'node 22': node('22'),
  'node 24': node('24'),
  'node 26': node('26'),
  bun: { packages: [bunPackage], run: (server) => execute(inScratch(bunPackage, 'bin/bun'), [program, server]) },
  deno: {
    packages: ['deno'],
    run: (server) =>
      execute(inScratch('.bin/deno'), [
        'run',
        '--node-modules-dir=manual',
        '--cached-only',
        '--allow-net=127.0.0.1',
        `--allow-read=${scratch}`,
        program,
        server,
      ]),
  },
  workerd: { packages: [workerdPackage], run: runWorkerd },
  // Without the servers on 127.0.0.1: a page may not ask other origins.
  browser: { packages: [], run: runBrowser },
};

async function runWorkerd(server: string): Promise<string> {
  await build({
    stdin: {
      contents: `import { smoke } from './smoke.mjs';
        export default { fetch: async () => Response.json(await smoke(${server})) };`,
      resolveDir: scratch,
    },
    bundle: true,
    format: 'esm',
    outfile: join(scratch, 'worker.mjs'),
    external: ['node:*', 'msw'],
  });
  const port = await freePort();
  writeFileSync(
    join(scratch, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main), (name = "internet", network = (allow = ["private", "local"]))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.mjs")],
  compatibilityDate = "2025-09-01",
  globalOutbound = "internet"
);
`,
  );
  // The binary itself: a wrapper would be ended in its place.
  const child = spawn(inScratch(workerdPackage, 'bin/workerd'), ['serve', 'config.capnp'], {
    cwd: scratch,
    stdio: 'inherit',
  });
  try {
    return await askUntilAnswered(`http://127.0.0.1:${port}/`);
  } finally {
    child.kill();
  }
}

async function runBrowser(): Promise<string> {
  const bundle = join(scratch, 'page.mjs');
  await build({
    stdin: {
      contents: `import { smoke } from './smoke.mjs'; smoke().then((failures) => console.log(JSON.stringify(failures)));`,
      resolveDir: scratch,
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    outfile: bundle,
  });
  const chromium = await findChromium();
  if (chromium !== undefined) return runInChromium(chromium, readFileSync(bundle, 'utf8'));
  console.log('browser: no Chromium was found (CHROME_PATH names one), so the bundle runs in Node without `process`');
  return execute(process.execPath, [...withoutProcess, bundle]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function askUntilAnswered(url: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

const unknown = wanted.filter((part) => !Object.keys(runtimes).some((name) => name.startsWith(part)));
if (unknown.length > 0) {
  rmSync(scratch, { recursive: true, force: true });
  const names = Object.keys(runtimes).map((name) => `\`${name}\``);
  console.error(
    `There is no runtime \`${unknown.join('`, `')}\`. Name some of these, or none for all: ${names.join(', ')}.`,
  );
  process.exit(1);
}
const chosen = Object.entries(runtimes).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.startsWith(part)),
);

await build({
  entryPoints: [join(import.meta.dirname, 'smoke.ts')],
  format: 'esm',
  outfile: join(scratch, 'smoke.mjs'),
});
writeFileSync(
  program,
  `import { createRequire } from 'node:module';
   import { smoke } from './smoke.mjs';
   const argument = globalThis.Deno?.args[0] ?? process.argv[2];
   const failures = await smoke(JSON.parse(argument));
   const require = createRequire(import.meta.url);
   for (const entry of ${JSON.stringify(entries)}) {
     const required = require(entry);
     const imported = Object.entries(await import(entry));
     if (imported.length === 0 || imported.some(([name, value]) => required[name] !== value)) {
       failures.push(\`require('\${entry}') gives another copy\`);
     }
   }
   console.log(JSON.stringify(failures));`,
);
writeFileSync(join(scratch, 'package.json'), '{ "private": true, "type": "module" }');
const packed = await run('npm', ['pack', '--silent', '--pack-destination', scratch], { cwd: root });
const packages = chosen.flatMap(([, runtime]) => runtime.packages);
await run('npm', ['install', '--silent', '--ignore-scripts', join(scratch, packed.stdout.trim()), ...packages], {
  cwd: scratch,
});

// Not static: only from here on are imports in src led to their sources.
const { startEmulator } = await import('../servers/support/start-emulator.ts');
const server = await startEmulator('workos', 'default');
const { users } = await server.readState();
const resetting = await startResettingServer();
const loopback = JSON.stringify({
  baseUrl: server.baseUrl,
  token: server.token,
  userCount: users.length,
  resettingUrl: resetting.url,
});

let failed = 0;
for (const [name, runtime] of chosen) {
  try {
    const failures = JSON.parse(await runtime.run(loopback)) as readonly string[];
    console.log(`${name}: ${failures.length === 0 ? 'passed' : `FAILED\n  ${failures.join('\n  ')}`}`);
    if (failures.length > 0) failed += 1;
  } catch (error) {
    console.log(`${name}: FAILED\n  ${error instanceof Error ? error.message : String(error)}`);
    failed += 1;
  }
}
resetting.close();
await server.close();
rmSync(scratch, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;
