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
  const numbers = ['--seed', '--port', '--storage-port']
    .map((name) => options.get(name))
    .map((text) => Number(text ?? ''));
  if (numbers.some((number) => !Number.isInteger(number) || number < 0)) return mistake('A number is expected.');
  const [, port = 0, storagePort = 0] = numbers;
  return { seed: Number(options.get('--seed') ?? 1), mode, world, port, storagePort };
}

const known = new Set(['--seed', '--port', '--storage-port', '--mode', '--world']);

function mistake(message: string): BinMessage {
  return { message, isMistake: true };
}
