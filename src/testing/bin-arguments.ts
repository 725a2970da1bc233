import { nodeBuiltin } from '../internal/node-builtin.js';

interface BinArguments {
  readonly seed: number;
  readonly mode: 'workos' | 'rfc';
  readonly world: 'default' | 'empty';
  readonly port: number;
  readonly storagePort: number;
}

/** Something to say instead of starting. */
interface BinMessage {
  readonly message: string;
  readonly isMistake: boolean;
}

export const usage = `Usage: chatgpt-enterprise-emulator [options]

Serves ChatGPT Enterprise's SCIM endpoint, Compliance API and Admin API, and the
audit log of the API Platform, on 127.0.0.1, prints how to reach them as JSON, and runs until it is stopped
(SIGTERM or Ctrl+C). What is printed can be read as the form of a connection:

  scimToken                opens the directory
  complianceApiKeys        an Admin key for each workspace, by the id of the one it
                           opens: its logs, lists of people, and Admin API
  complianceApiKey         the older key: logs and lists of people of every
                           workspace, and no Admin API
  platformApiKey           an Admin key of the API Platform: its audit log, at
                           platformBaseUrl, and nothing else

  --port <number>          port of all four (default: a free one)
  --storage-port <number>  port of the signed download URLs (default: a free one)
  --mode workos|rfc        rules of the SCIM side (default: workos)
  --world default|empty    what is there to begin with (default: default)
  --seed <number>          the same seed gives the same ids, keys and events (default: 1)
  --help
`;

export function readArguments(words: readonly string[]): BinArguments | BinMessage {
  let values: Readonly<Record<string, string | undefined>>;
  try {
    const util = nodeBuiltin<NodeUtil>('node:util');
    values = util?.parseArgs({ args: words, options }).values ?? {};
  } catch (error) {
    return mistake(error instanceof Error ? error.message : String(error));
  }
  if (values.help !== undefined) return { message: '', isMistake: false };
  const { mode, world } = values;
  if (mode !== 'workos' && mode !== 'rfc') return mistake('`--mode` must be workos or rfc.');
  if (world !== 'default' && world !== 'empty') return mistake('`--world` must be default or empty.');
  for (const name of ['seed', 'port', 'storage-port']) {
    if (!/^\d{1,15}$/.test(values[name] ?? '')) return mistake(`\`--${name}\` must be a whole number.`);
    if (name !== 'seed' && Number(values[name]) > 65_535) return mistake(`\`--${name}\` must be at most 65535.`);
  }
  const [seed, port, storagePort] = [values.seed, values.port, values['storage-port']].map(Number);
  return { seed, port, storagePort, mode, world } as BinArguments;
}

const options = {
  seed: { type: 'string', default: '1' },
  port: { type: 'string', default: '0' },
  'storage-port': { type: 'string', default: '0' },
  mode: { type: 'string', default: 'workos' },
  world: { type: 'string', default: 'default' },
  help: { type: 'boolean' },
} as const;

interface NodeUtil {
  parseArgs(config: object): { readonly values: Readonly<Record<string, string | undefined>> };
}

/** What to say of a port that cannot be had; nothing of any other failure. */
export function explainListenFailure(error: unknown, { port }: BinArguments): string | undefined {
  const { code, port: refused } = Object(error) as { readonly code?: unknown; readonly port?: unknown };
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return undefined;
  const option = refused === port ? '--port' : '--storage-port';
  return `Port ${refused} is ${code === 'EACCES' ? 'not allowed here' : 'taken'}; choose another with ${option}.`;
}

function mistake(message: string): BinMessage {
  return { message, isMistake: true };
}
