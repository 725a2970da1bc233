#!/usr/bin/env node
import { has } from '../internal/json.js';
import { explainListenFailure, readArguments, usage } from './bin-arguments.js';
import { createEmulator } from './create-emulator.js';
import type { EmulatorServer } from './emulator.js';

interface Process {
  readonly argv: readonly string[];
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
  exitCode: number;
  exit(code: number): never;
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): void;
}

// Typed here because this package is compiled without Node's types; only Node runs a bin.
const { process } = globalThis as unknown as { readonly process: Process };

async function main(): Promise<void> {
  const read = readArguments(process.argv.slice(2));
  if (has(read, 'message')) {
    const stream = read.isMistake ? process.stderr : process.stdout;
    stream.write(`${read.message}\n${usage}`);
    process.exitCode = read.isMistake ? 2 : 0;
    return;
  }
  const { seed, mode, world, port, storagePort } = read;
  const emulator = createEmulator({ seed, world, scim: { mode } });
  let server: EmulatorServer;
  try {
    server = await emulator.listen({ port, storagePort });
  } catch (error) {
    const message = explainListenFailure(error, read);
    if (message === undefined) throw error;
    process.stderr.write(`${message}\n`);
    // One of the two servers may be up, with nobody to stop it.
    return process.exit(1);
  }
  const form = server.connectionConfig({
    complianceApiKeys: emulator.compliance.apiKeys,
    platformApiKey: emulator.platform.apiKey,
  });
  process.stdout.write(`${JSON.stringify(form, null, 2)}\n`);
  const stop = () => {
    emulator.close().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

await main();
