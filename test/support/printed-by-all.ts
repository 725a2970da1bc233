import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { vi } from 'vitest';

const everyOption = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true, showProxy: true } as const;

/** As the serializers of test runners and error trackers do: every name of the object and of what it inherits from. */
function walked(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
  seen.add(value);
  const parts: string[] = [];
  for (
    let at: object | null = value;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object
  ) {
    for (const key of Reflect.ownKeys(at)) {
      try {
        parts.push(`${String(key)}: ${walked(Reflect.get(at, key, value), seen)}`);
      } catch {
        // A getter of something else.
      }
    }
  }
  return parts.join('\n');
}

/** What a program prints that does not catch the error. */
function uncaught(error: unknown): string {
  const out: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  new Console(process.stderr).error('Uncaught', error);
  write.mockRestore();
  return out.join('');
}

/** Everything that prints, sends or looks at an object. */
export function printedByAll(value: unknown): Record<string, string> {
  const out: string[] = [];
  const sink = new Console(
    new Writable({
      write: (text, _encoding, done) => {
        out.push(String(text));
        done();
      },
    }),
  );
  const ways: Record<string, string> = {};
  const note = (way: string, print: () => void) => {
    out.length = 0;
    print();
    ways[way] = out.join('');
  };
  note('console.log', () => sink.log(value));
  note('console.error with a text', () => sink.error('%o %O %s %j', value, value, value, value));
  note('console.dir', () => sink.dir(value));
  note('console.dir of all that is hidden', () => sink.dir(value, { ...everyOption, getters: false }));
  note('console.dir with getters', () => sink.dir(value, everyOption));
  note('console.table', () => sink.table([value]));
  for (const customInspect of [true, false]) {
    for (const sorted of [true, false]) {
      for (const getters of [true, 'get', 'set'] as const) {
        const options = { ...everyOption, customInspect, sorted, getters, compact: false };
        ways[`inspect ${JSON.stringify(options)}`] = inspect(value, options) + inspect([{ value }], options);
      }
    }
  }
  ways['%o'] = format('%o', value) + format('%O', value) + format('%s', value);
  ways.JSON = JSON.stringify(value) + JSON.stringify([{ value }]);
  ways.walked = walked(value);
  ways.uncaught = uncaught(value);
  ways.String = `${String(value)} ${Object.prototype.toString.call(value)}`;
  ways.entries = inspect(Object.entries(value as object), everyOption) + inspect({ ...(value as object) }, everyOption);
  try {
    ways.structuredClone = inspect(structuredClone(value), everyOption);
  } catch {
    // Functions cannot be cloned, and so show nothing.
  }
  return ways;
}
