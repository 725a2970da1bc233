import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

// On Windows npm is a script.
const shell = process.platform === 'win32';
const run = promisify(execFile);

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball, as it would be published. */
    readonly tarball: string;
    /** Paths of the files in it. */
    readonly files: readonly string[];
    /** An otherwise empty project that installed it: no msw, no types of Node. */
    readonly project: string;
    /** In `npm run soak`, a project that installed the tarball and the tools of consumer-tools.json. */
    readonly tools?: string;
  }
}

/** Packs once and installs once, for all packaging tests. */
export default async function pack({ provide }: TestProject): Promise<() => Promise<void>> {
  const root = resolve(import.meta.dirname, '../../..');
  const directory = await mkdtemp(join(tmpdir(), 'packed-sdk-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', directory], {
    cwd: root,
    shell,
  });
  const parsed = JSON.parse(stdout) as PackReport[] | Record<string, PackReport>;
  const [report] = Object.values(parsed);
  if (report === undefined) throw new Error('npm pack reported nothing');
  const tarball = join(directory, report.filename);

  const project = join(directory, 'project');
  await mkdir(project);
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ private: true, dependencies: { 'chatgpt-enterprise-sdk': `file:${tarball}` } }),
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: project, shell });

  provide('tarball', tarball);
  provide('files', report.files.map(({ path }) => path).sort());
  provide('project', project);
  if (process.env.SOAK === '1') {
    const tools = join(directory, 'tools');
    await mkdir(tools);
    await copyFile(join(import.meta.dirname, 'consumer-tools.json'), join(tools, 'package.json'));
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', tarball], {
      cwd: tools,
      shell,
    });
    provide('tools', tools);
  }
  return () => rm(directory, { recursive: true, force: true });
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}
