import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What the bulk API of an Elasticsearch was given, and what is in its index. */
export interface FakeElasticsearch {
  readonly url: string;
  readonly documents: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** What was wrong with the requests; empty where nothing was. */
  readonly faults: readonly string[];
  /** How many documents were there already. */
  readonly conflicts: () => number;
  /** Ids that are refused, as a document that does not fit its mapping is. */
  readonly refused: Set<string>;
}

/** A `_bulk` endpoint on this machine: NDJSON that ends with a new line, each document after its action, an id only once. */
export async function startFakeElasticsearch(): Promise<FakeElasticsearch> {
  const documents = new Map<string, Readonly<Record<string, unknown>>>();
  const refused = new Set<string>();
  const faults: string[] = [];
  let conflicts = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { 'content-type': type, authorization } = request.headers;
    if (request.method !== 'POST' || request.url !== '/_bulk') faults.push(`${request.method} ${request.url}`);
    if (type !== 'application/x-ndjson' || authorization !== 'ApiKey key-1') faults.push('the headers');
    if (!body.endsWith('\n')) faults.push('no new line at the end');
    const lines = body.trimEnd().split('\n');
    if (lines.length % 2 !== 0) faults.push('an action without a document');
    const items = [];
    for (let index = 0; index < lines.length; index += 2) {
      const { create } = JSON.parse(lines[index] ?? '') as { readonly create?: { _index?: string; _id?: string } };
      if (create?._index === undefined || create._id === undefined)
        faults.push('an action that is no `create` with an id');
      const id = create?._id ?? '';
      if (refused.has(id))
        items.push({ create: { _id: id, status: 400, error: { type: 'document_parsing_exception' } } });
      else if (documents.has(id)) {
        conflicts += 1;
        items.push({ create: { _id: id, status: 409, error: { type: 'version_conflict_engine_exception' } } });
      } else {
        documents.set(id, JSON.parse(lines[index + 1] ?? ''));
        items.push({ create: { _id: id, status: 201, result: 'created' } });
      }
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ took: 1, errors: items.some(({ create }) => create.status >= 300), items }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, documents, faults, conflicts: () => conflicts, refused };
}
