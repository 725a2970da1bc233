// Compares the Admin client with an OpenAPI document of OpenAI's Admin API, for whoever has a newer one:
//   node scripts/check-openapi-admin.ts path/to/openapi.json
// Says which routes, query parameters and fields only the document has, and which only the client. Exits with 0 where nothing is to
// be done, 1 where something is, and 2 where there is no document to be read.
import './resolve-sources.ts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ClientRoute, clientRoutes } from './openapi-admin/client-routes.ts';
import {
  type AdminDocument,
  type DocumentedRoute,
  documentedFields,
  documentedRoutes,
} from './openapi-admin/documented-routes.ts';
import { interfaceFields } from './openapi-admin/interface-fields.ts';
import type { JsonSchema } from './openapi-emulator/schema-problems.ts';

/** The newest version of the document of which the client knows anything. */
const newestKnown = '2.5.37';
/** Read with `client.get()` on purpose: use of Codex alone is not what this client is for. */
const withoutMethod = /^\/analytics\/codex\//;
/** What lists have beside their rows, in any of their three dialects. */
const envelope = ['object', 'data', 'has_more', 'cursor', 'first_id', 'last_id', 'next_page'];

const document = readDocument(process.argv[2]);
// Not static: only from here on are imports in src led to their sources.
const { AdminClient } = await import('../src/admin/index.ts');

const inClient = await clientRoutes(AdminClient);
const inDocument = documentedRoutes(document);
const interfaces = interfaceFields(resolve(import.meta.dirname, '../src/admin/schemas'));
const onlyDocument = new Set<string>();
const onlyClient = new Set<string>();
const readByGet = new Set<string>();

for (const [route, documented] of inDocument) {
  const known = inClient.get(route);
  if (known !== undefined) compare(route, known, documented);
  else if (withoutMethod.test(route)) readByGet.add(`GET ${route}`);
  else onlyDocument.add(`GET ${route}`);
}
for (const route of inClient.keys()) if (!inDocument.has(route)) onlyClient.add(`GET ${route}`);

const { version = 'without a version' } = document.info ?? {};
const isOlder = version.localeCompare(newestKnown, 'en', { numeric: true }) < 0;
print(`Only in the document (${version}): to be added`, onlyDocument);
print(isOlder ? 'Only in the client: known from later versions' : 'Only in the client: gone, or renamed?', onlyClient);
print('Without a method, read with client.get()', readByGet);
const isDifferent = onlyDocument.size > 0 || (!isOlder && onlyClient.size > 0);
if (!isDifferent) console.log('The client knows all that the document has.');
process.exitCode = isDifferent ? 1 : 0;

function compare(route: string, { query, answer, isList }: ClientRoute, documented: DocumentedRoute): void {
  const at = `GET ${route}`;
  for (const name of documented.query) if (!query.has(name)) onlyDocument.add(`${at}: query ${name}`);
  for (const name of query) if (!documented.query.has(name)) onlyClient.add(`${at}: query ${name}`);
  const fields = documentedFields(documented.schema, document);
  if (fields === undefined) return;
  if (!isList) {
    compareFields(answer, fields);
    return;
  }
  for (const name of fields.keys()) if (!envelope.includes(name)) onlyDocument.add(`${at}: ${name}, beside the rows`);
  const rows = documentedFields(fields.get('data'), document);
  if (rows !== undefined) compareFields(answer, rows);
}

function compareFields(name: string, fields: ReadonlyMap<string, JsonSchema>): void {
  const declared = interfaces.get(name);
  if (declared === undefined) return;
  for (const [field, schema] of fields) {
    const known = declared.get(field);
    const below = known?.type === undefined ? undefined : documentedFields(schema, document);
    if (known === undefined) onlyDocument.add(`${name}.${field}`);
    else if (known.type !== undefined && below !== undefined) compareFields(known.type, below);
  }
  for (const field of declared.keys()) if (!fields.has(field)) onlyClient.add(`${name}.${field}`);
}

function print(heading: string, lines: ReadonlySet<string>): void {
  if (lines.size > 0) console.log(`${heading}:\n${[...lines].map((line) => `  ${line}`).join('\n')}\n`);
}

function readDocument(path: string | undefined): AdminDocument {
  if (path === undefined) return endWith('Usage: node scripts/check-openapi-admin.ts path/to/openapi.json');
  try {
    const read: Partial<AdminDocument> | null = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof read?.paths !== 'object' || read.paths === null)
      return endWith(`${path} is no OpenAPI document: it has no paths.`);
    return { ...read, paths: read.paths };
  } catch (error) {
    return endWith(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function endWith(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
