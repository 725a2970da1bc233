import type { ObjectPutOptions, ObjectStore } from '../../../src/export/object-store.js';
import { linesOf } from './read-events.js';

/** Objects with conditional writes, as S3 has them: in memory, for every process that asks. */
export class ObjectServer {
  readonly objects = new Map<string, { readonly body: Uint8Array; readonly etag: string }>();
  /** What was asked, such as `put data/…`. */
  readonly requests: string[] = [];
  #etags = 0;

  put(key: string, body: Uint8Array, { ifMatch, ifNoneMatch, contentType }: ObjectPutOptions) {
    this.requests.push(`put ${key}`);
    if ((ifMatch === undefined) === (ifNoneMatch === undefined)) throw new Error('One condition.');
    if (!/^application\/(json|gzip|x-ndjson)$/.test(contentType)) throw new Error('No media type.');
    const there = this.objects.get(key);
    const holds = ifMatch === undefined ? there === undefined : there?.etag === ifMatch;
    if (!holds) return undefined;
    this.#etags += 1;
    const etag = `"${this.#etags}"`;
    this.objects.set(key, { body: body.slice(), etag });
    return { etag };
  }

  get(key: string) {
    this.requests.push(`get ${key}`);
    return this.objects.get(key);
  }

  *list(prefix: string): Iterable<string> {
    this.requests.push(`list ${prefix}`);
    for (const key of [...this.objects.keys()].sort()) if (key.startsWith(prefix)) yield key;
  }

  remove(key: string): void {
    this.requests.push(`remove ${key}`);
    this.objects.delete(key);
  }

  /** As one process sees it. */
  asStore(): Required<ObjectStore> {
    return {
      put: async (...asked) => this.put(...asked),
      get: async (key) => this.get(key),
      list: (prefix) => this.list(prefix),
      remove: async (key) => this.remove(key),
    };
  }

  /** All events, as one who lists the objects reads them. */
  events(prefix = ''): string[] {
    const data = [...this.objects].filter(([key]) => key.startsWith(`${prefix}data/`));
    return data.flatMap(([key, { body }]) => linesOf(key, Buffer.from(body)));
  }

  text(): string {
    return [...this.objects]
      .map(([key, { body }]) => {
        return `${key}\n${key.endsWith('.json') ? Buffer.from(body) : linesOf(key, Buffer.from(body)).join('\n')}\n`;
      })
      .join('');
  }
}
