import { nodeBuiltin } from '../internal/node-builtin.js';

/** What is used of Node's zlib: faster than the web's streams, and in runtimes that lack those. */
interface NodeZlib {
  gzip(bytes: Uint8Array, done: (error: Error | null, result: Uint8Array<ArrayBuffer>) => void): void;
  gunzip(bytes: Uint8Array, done: (error: Error | null, result: Uint8Array<ArrayBuffer>) => void): void;
  createGunzip(): NodeGunzip;
}

interface NodeGunzip extends AsyncIterable<Uint8Array> {
  write(bytes: Uint8Array, done: () => void): boolean;
  end(): void;
  destroy(error?: Error): void;
  once(event: 'close', done: () => void): void;
  readonly destroyed: boolean;
}

/** One gzip member: several, one behind the other, are a gzip file of all that is in them. */
export async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = nodeBuiltin<NodeZlib>('node:zlib');
  if (zlib === undefined) return through(new CompressionStream('gzip'), bytes);
  return new Promise((resolve, reject) => {
    zlib.gzip(bytes, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** What is in one gzip member. */
export async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zlib = nodeBuiltin<NodeZlib>('node:zlib');
  if (zlib === undefined) return through(new DecompressionStream('gzip'), bytes);
  return new Promise((resolve, reject) => {
    zlib.gunzip(bytes, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** What is in a file of many members, read and given in parts, for Node. */
export async function* gunzippedParts(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Whoever reads files has Node's modules.
  const gunzip = (nodeBuiltin('node:zlib') as NodeZlib).createGunzip();
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  const feed = async () => {
    for await (const part of parts) {
      if (gunzip.destroyed) return;
      // One that is closed asks for nothing more.
      await Promise.race([closed, new Promise<void>((resolve) => gunzip.write(new Uint8Array(part), () => resolve()))]);
    }
    gunzip.end();
  };
  const feeding = feed().catch((error) => gunzip.destroy(error));
  try {
    yield* gunzip;
  } finally {
    // Whoever has seen enough closes the file.
    gunzip.destroy();
    await feeding;
  }
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
