import { once } from 'node:events';
import { createEmulator, type EmulatorServer } from '../testing/index.js';
import { choiceOf } from './arguments.js';
import type { Call, Command, ExitCode } from './command.js';
import { Mistake } from './mistake.js';
import { codeOf } from './output.js';

/** Serves the emulator. */
export const emulator: Command = {
  name: 'emulator',
  summary: 'Serve a made-up workspace on 127.0.0.1, to try everything on',
  options: {
    port: { value: 'NUMBER', help: 'Port of all services (default: a free one).' },
    'storage-port': { value: 'NUMBER', help: 'Port of the signed download URLs (default: a free one).' },
    mode: { value: 'RULES', help: 'Rules of the SCIM side: workos (default) or rfc.' },
    world: { value: 'WORLD', help: 'What is there to begin with: default or empty.' },
    seed: { value: 'NUMBER', help: 'The same seed gives the same ids, keys and events (default: 1).' },
  },
  details: [
    'Serves the SCIM endpoint, the Compliance API, the Admin API and the audit log of the API Platform, prints how to reach them as JSON, and runs until it is stopped (SIGTERM or Ctrl+C). What is printed is the form of a connection, with both checkboxes off: write it to a file, and give it to another command by --config - --loopback.',
    'scimToken opens the directory; complianceApiKeys has an Admin key for each workspace, by the id of the one it opens: its logs, lists of people, and Admin API; complianceApiKey is the older key: logs and lists of people of every workspace, and no Admin API; platformApiKey opens the audit log of the API Platform, that of platformOrganizationId, and nothing else.',
  ],
  exits: { 0: 'it was stopped', 1: 'something was asked of it that it does not know' },
  run: serve,
};

async function serve({ given, out, progress, signal }: Call): Promise<ExitCode> {
  const port = given.number('port', { most: 65_535 }) ?? 0;
  const storagePort = given.number('storage-port', { most: 65_535 }) ?? 0;
  const mode = choiceOf(given, 'mode', ['workos', 'rfc']);
  const world = choiceOf(given, 'world', ['default', 'empty']);
  const emulated = createEmulator({ seed: given.number('seed') ?? 1, world, scim: { mode } });
  let server: EmulatorServer;
  try {
    server = await emulated.listen({ port, storagePort });
  } catch (error) {
    throw explained(error, port);
  }
  const form = server.connectionConfig({
    complianceApiKeys: emulated.compliance.apiKeys,
    platformApiKey: emulated.platform.apiKey,
  });
  await out.print(JSON.stringify(form, null, 2));
  if (!signal.aborted) await once(signal, 'abort');
  try {
    await emulated.close();
    return 0;
  } catch (error) {
    progress.note(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** What to say of a port that cannot be had. */
function explained(error: unknown, port: number): unknown {
  const code = codeOf(error);
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const { port: refused } = error as { readonly port?: number };
  const option = refused === port ? '--port' : '--storage-port';
  return new Mistake(
    `Port ${refused} is ${code === 'EACCES' ? 'not allowed here' : 'taken'}; choose another with ${option}.`,
  );
}
