import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import {
  createEmulator,
  type Emulator,
  type EmulatorConnectionConfig,
  type EmulatorOptions,
  type EmulatorServer,
} from '../../../src/testing/index.js';

/** What is published, as `npm run build` leaves it. */
export const program = resolve(import.meta.dirname, '../../../dist/command/bin.js');

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Standard input to which nothing is written, and that does not end. */
export const open = Symbol('open');

export interface CommandSettings {
  /** Nothing else of the environment is there. */
  readonly env?: Readonly<Record<string, string>>;
  /** {@link open}: nothing comes, and it does not end. */
  readonly stdin?: string | Uint8Array | typeof open;
  readonly cwd?: string;
}

/** A command that was started. */
export interface StartedCommand {
  readonly child: ChildProcess & { readonly stdout: NodeJS.ReadableStream; readonly stdin: NodeJS.WritableStream };
  readonly ended: Promise<CommandRun>;
}

const secrets = new Set<string>();

/** Starts the built command in a process of its own. */
export function startCommand(words: readonly string[], { env = {}, stdin, cwd }: CommandSettings = {}): StartedCommand {
  // Without the second one, Windows opens no socket.
  const { PATH, SystemRoot } = process.env;
  const child = spawn(process.execPath, [program, ...words], { cwd, env: { PATH, SystemRoot, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  // It may end before it reads.
  child.stdin.on('error', () => {});
  if (stdin !== open) child.stdin.end(stdin);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }));
  return { child, ended };
}

/** Runs it to its end. Whatever it says holds no secret. */
export async function runCommand(words: readonly string[], settings?: CommandSettings): Promise<CommandRun> {
  const run = await startCommand(words, settings).ended;
  for (const secret of secrets) expect(`${run.stdout}${run.stderr}`).not.toContain(secret);
  return run;
}

/** The lines of NDJSON. */
export function linesOf({ stdout }: CommandRun): Record<string, unknown>[] {
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** An emulator on 127.0.0.1, and the environment that names it. */
export interface ServedWorkspace {
  readonly emulator: Emulator;
  readonly form: EmulatorConnectionConfig;
  readonly server: EmulatorServer;
  readonly env: Readonly<Record<string, string>>;
}

export async function serveWorkspace(options?: EmulatorOptions): Promise<ServedWorkspace> {
  const emulator = createEmulator(options);
  const server = await emulator.listen();
  onTestFinished(() => server.close());
  const { apiKeys } = emulator.compliance;
  const form = server.connectionConfig({ complianceApiKeys: apiKeys });
  const { scimBaseUrl, scimToken, complianceApiKey, workspaceIds, complianceBaseUrl } = form;
  for (const secret of [scimToken, complianceApiKey, emulator.platform.apiKey, ...Object.values(apiKeys)])
    secrets.add(secret);
  const env = {
    CHATGPT_SCIM_BASE_URL: scimBaseUrl,
    CHATGPT_SCIM_TOKEN: scimToken,
    CHATGPT_COMPLIANCE_API_KEYS: Object.entries(apiKeys)
      .map(([id, key]) => `${id} = ${key}`)
      .join('\n'),
    CHATGPT_WORKSPACE_IDS: workspaceIds,
    CHATGPT_COMPLIANCE_BASE_URL: complianceBaseUrl,
  };
  return { emulator, form, server, env };
}

/** A directory that is gone after the test. */
export async function ownDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'command-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
