import { Readable, type Transform } from 'node:stream';
import type { EventValidator } from '../../src/audit-logs/validator.ts';

/** What one measurement found. */
export interface Sample {
  readonly ms: number;
  readonly rssMiB: number;
  readonly records: number;
}

type Body = ReadableStream<Uint8Array<ArrayBuffer>>;
type Read = (body: Body) => Promise<number>;

/** Ways to read a body, each giving the number of records it saw. Modules are loaded before the clock starts. */
export const ways = {
  'drain only': over(async () => async (body) => {
    for await (const _ of body);
    return 0;
  }),
  'decode and parse only': decodeAndParse,
  reader: over(() => withReader(undefined)),
  'reader and envelope check': over(async () => {
    const { checkEnvelope } = await import('../../src/audit-logs/validator.ts');
    return withReader(checkEnvelope);
  }),
  'stream-json': over(async () => {
    const { default: parser } = await import('stream-json/jsonl/parser.js');
    return through(
      () => parser.asStream() as Transform,
      (item) => (item as { value: Json }).value,
    );
  }),
  ndjson: over(async () => {
    // @ts-expect-error TS7016: the package has no types
    const ndjson: { readonly parse: () => Transform } = (await import('ndjson')).default;
    return through(() => ndjson.parse());
  }),
  split2: over(async () => {
    // @ts-expect-error TS7016: the package has no types
    const split: (map: (line: string) => unknown) => Transform = (await import('split2')).default;
    return through(() => split((line) => JSON.parse(line)));
  }),
} as const satisfies Record<string, (url: string) => Promise<Sample>>;

export type Way = keyof typeof ways;

export function isWay(name: string): name is Way {
  return Object.hasOwn(ways, name);
}

type Json = Readonly<Record<string, unknown>>;

async function withReader(validate: EventValidator | undefined): Promise<Read> {
  const { JsonLinesReader } = await import('../../src/audit-logs/json-lines.ts');
  return async (body) => {
    const reader = new JsonLinesReader();
    let records = 0;
    const drain = () => {
      while (reader.next()) {
        const { value } = reader;
        if (value === undefined || validate?.(value) !== undefined) throw new Error('A record is not as it was sent');
        use(value);
        records += 1;
      }
    };
    for await (const piece of body) {
      reader.push(piece);
      drain();
    }
    reader.end();
    drain();
    return records;
  };
}

/** A Node stream, read in the way that costs it least. */
async function through(open: () => Transform, recordOf = (item: unknown) => item as Json): Promise<Read> {
  return (body) =>
    new Promise((resolve, reject) => {
      let records = 0;
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])
        .on('error', reject)
        .pipe(open())
        .on('data', (item) => {
          use(recordOf(item));
          records += 1;
        })
        .on('error', reject)
        .on('end', () => resolve(records));
    });
}

function over(prepare: () => Promise<Read>) {
  return async (url: string): Promise<Sample> => {
    const read = await prepare();
    const start = performance.now();
    const { body } = await fetch(url);
    if (body === null) throw new Error('The server sent no body');
    const records = await read(body);
    return sample(performance.now() - start, records);
  };
}

/** The lines are in memory, and where they end is known: what is left is what no reader can save. */
async function decodeAndParse(url: string): Promise<Sample> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const ends: number[] = [];
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, end + 1)) ends.push(end);
  const decoder = new TextDecoder();
  const start = performance.now();
  let from = 0;
  for (const end of ends) {
    use(JSON.parse(decoder.decode(bytes.subarray(from, end))) as Json);
    from = end + 1;
  }
  return sample(performance.now() - start, ends.length);
}

function sample(ms: number, records: number): Sample {
  return { ms, records, rssMiB: process.resourceUsage().maxRSS / 1024 };
}

/** So that no record is made in vain. */
function use(record: Json): void {
  if (typeof record.event_id !== 'string') throw new Error('A record is not as it was sent');
}
