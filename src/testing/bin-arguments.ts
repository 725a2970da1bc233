/** What the command line asks for. */
export interface BinArguments {
  readonly seed: number;
  readonly mode: 'workos' | 'rfc';
  readonly world: 'default' | 'empty';
  readonly port: number;
  readonly storagePort: number;
}

/** Something to say instead of starting. */
export interface BinMessage {
  readonly message: string;
  readonly isMistake: boolean;
}

/** How to use the command. */
export const usage = `Usage: chatgpt-enterprise-emulator [options]

Serves ChatGPT Enterprise's SCIM endpoint and Compliance API on 127.0.0.1, prints
how to reach them as JSON, and runs until it is stopped (SIGTERM or Ctrl+C).

  --port <number>          port of both services (default: a free one)
  --storage-port <number>  port of the signed download URLs (default: a free one)
  --mode workos|rfc        rules of the SCIM side (default: workos)
  --world default|empty    what is there to begin with (default: default)
  --seed <number>          the same seed gives the same ids, keys and events (default: 1)
  --help
`;

/** Reads the command line. */
export function readArguments(words: readonly string[]): BinArguments | BinMessage {
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index += 2) {
    const [name = '', value] = words.slice(index, index + 2);
    if (name === '--help') return { message: '', isMistake: false };
    if (!known.has(name) || value === undefined) return mistake(`There is no option ${name}, or it has no value.`);
    options.set(name, value);
  }
  const [mode, world] = [options.get('--mode') ?? 'workos', options.get('--world') ?? 'default'];
  if (mode !== 'workos' && mode !== 'rfc') return mistake('--mode is workos or rfc.');
  if (world !== 'default' && world !== 'empty') return mistake('--world is default or empty.');
  const numbers = { '--seed': 1, '--port': 0, '--storage-port': 0 };
  for (const name of ['--seed', '--port', '--storage-port'] as const) {
    const text = options.get(name) ?? `${numbers[name]}`;
    if (!/^\d{1,15}$/.test(text)) return mistake(`\`${name}\` is a whole number.`);
    numbers[name] = Number(text);
    if (name !== '--seed' && numbers[name] > 65_535) return mistake(`\`${name}\` is at most 65535.`);
  }
  return { seed: numbers['--seed'], mode, world, port: numbers['--port'], storagePort: numbers['--storage-port'] };
}

/** What to say of a port that cannot be had; nothing of any other failure. */
export function explainListenFailure(error: unknown, { port }: BinArguments): string | undefined {
  const { code, port: refused } = Object(error) as { readonly code?: unknown; readonly port?: unknown };
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return undefined;
  const option = refused === port ? '--port' : '--storage-port';
  return `Port ${refused} is ${code === 'EACCES' ? 'not allowed here' : 'taken'}; choose another with ${option}.`;
}

const known = new Set(['--seed', '--port', '--storage-port', '--mode', '--world']);

function mistake(message: string): BinMessage {
  return { message, isMistake: true };
}
