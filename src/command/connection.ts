import process from 'node:process';
import { addAbortSignal } from 'node:stream';
import {
  type ConfigWith,
  type ConnectionPart,
  type ConnectOptions,
  parseConnectionConfig,
  readConnectionConfigFromEnv,
} from '../index.js';
import type { Call, CommandOptions } from './command.js';
import { Mistake } from './mistake.js';

/** Options of every command that opens a connection. */
export const connectionOptions: CommandOptions = {
  config: { value: '-', help: 'Read the form as JSON from standard input, and nothing from the environment.' },
  loopback: { help: 'Allow http on this machine, as the emulator is served, without a rate limit.' },
};

interface Wanted<Part extends ConnectionPart> {
  /** What the command cannot do without. */
  readonly require: readonly Part[];
  /** Whether the checkboxes of the form count. Else both are off, whatever it says. */
  readonly access?: boolean;
}

/** Reads the form. @throws ConfigError, Mistake */
export async function readForm<const Part extends ConnectionPart = never>(
  { given, env, progress, signal }: Call,
  { require, access = false }: Wanted<Part>,
): Promise<ConfigWith<[Part] extends [never] ? 'either' : Part>> {
  const onWarning = ({ path, message }: { readonly path: readonly (string | number)[]; readonly message: string }) =>
    progress.note(`${path.join('.')}: ${message}`);
  const options = { require, onWarning, dangerouslyAllowHttpLoopback: given.has('loopback') };
  const off = { provisioning: false, deprovisioning: false };
  const config = given.text('config');
  if (config !== undefined && config !== '-') {
    throw new Mistake(
      '--config takes `-` only, which is standard input: --config - < form.json. So the form need not be a file at all, as in `vault read … | chatgpt-enterprise-sdk check --config -`.',
    );
  }
  // The parts that were required are there, or it was refused.
  type Config = ConfigWith<[Part] extends [never] ? 'either' : Part>;
  if (config === undefined) {
    const readOnly = { CHATGPT_PROVISIONING: 'false', CHATGPT_DEPROVISIONING: 'false' };
    return readConnectionConfigFromEnv(access ? env : { ...env, ...readOnly }, options) as Config;
  }
  const form = await readStandardInput(signal);
  return parseConnectionConfig(access ? form : { ...form, ...off }, options) as Config;
}

/** How a connection of a command does its work. */
export function connectOptions({ given, signal }: Call): ConnectOptions {
  return { signal, ...(given.has('loopback') && { dangerouslyAllowHttpLoopback: true, rateLimit: false as const }) };
}

const mostBytes = 1_000_000;

async function readStandardInput(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await bytesOfStandardInput(signal);
  try {
    const form: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof form === 'object' && form !== null && !Array.isArray(form)) return form as Record<string, unknown>;
  } catch {
    // What the parser says repeats what it read.
  }
  throw new Mistake(
    'Standard input is not the form as JSON: an object such as { "scimBaseUrl": "https://…", "scimToken": "…", "complianceApiKey": "…", "workspaceIds": "…" }.',
  );
}

/** @throws the reason of the signal: whoever types the form, or forgot to give it, may want to end. */
async function bytesOfStandardInput(signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(signal, process.stdin)) {
      length += chunk.length;
      if (length > mostBytes) throw new Mistake('Standard input is longer than any form.');
      chunks.push(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks);
}
