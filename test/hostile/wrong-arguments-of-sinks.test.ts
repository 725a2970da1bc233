import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe } from 'vitest';
import {
  memorySink,
  ndjsonSink,
  objectSink,
  postgresSink,
  type SinkLease,
  sqliteSink,
} from '../../src/export/index.js';
import { publicFunctions } from '../end-to-end/support/public-functions.js';
import { ObjectServer } from '../export/support/object-server.js';
import { checkpointOf, rowOf } from '../export/support/sink-rows.js';
import { testFunctions } from './support/attempts.js';
import { type Case, isAnything, list, options, place, record, text } from './support/cases-of-methods.js';
import { isObject } from './support/wrong-values.js';

const directory = mkdtempSync(join(tmpdir(), 'wrong-arguments-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const sinks = {
  memory: memorySink(),
  sqlite: sqliteSink(new DatabaseSync(':memory:')),
  ndjson: ndjsonSink(directory),
  objects: objectSink(new ObjectServer().asStore()),
};
const leases: Record<string, SinkLease> = {};
for (const [name, sink] of Object.entries(sinks)) {
  const lease = await sink.lease('key', 60_000);
  if (lease !== undefined) leases[`leaseOf${name}`] = lease;
}
const database = { exec: () => {}, prepare: () => ({ all: () => [], run: () => ({ changes: 0 }) }) };
const client = { query: async () => ({ rows: [] }) };
const store = new ObjectServer().asStore();
const positive = place(60_000, (value) => typeof value === 'number' && value >= 1);

const ofSink: Readonly<Record<string, Case>> = {
  lease: [text('key'), positive],
  erase: [record({ userId: 'user-a' })],
  prune: [record({ before: '2026-01-01' })],
};
const ofLease: Readonly<Record<string, Case>> = {
  checkpoint: [],
  write: [list(rowOf()), record(checkpointOf('ONE'))],
  renew: [],
  release: [],
};
const named = (name: string, cases: Readonly<Record<string, Case>>) =>
  Object.fromEntries(Object.entries(cases).map(([method, one]) => [`${name}.${method}`, one]));

const cases: Readonly<Record<string, Case>> = {
  'export.memorySink': [options(['clock'])],
  'export.sqliteSink': [place(database, isObject), options(['tablePrefix', 'clock'])],
  'export.postgresSink': [place(client, isAnything), options(['tablePrefix', 'schemaName'])],
  'export.ndjsonSink': [text(directory), options(['layout', 'compress', 'clock'])],
  'export.objectSink': [record(store), options(['prefix', 'compress', 'clock'])],
  ...Object.assign({}, ...Object.keys(sinks).map((name) => named(name, ofSink))),
  ...Object.assign({}, ...Object.keys(leases).map((name) => named(name, ofLease))),
};

describe('whatever a sink and its leases are given, they take it or say what is wrong', () => {
  testFunctions(cases, () => {
    const roots = { export: { memorySink, sqliteSink, postgresSink, ndjsonSink, objectSink }, ...sinks, ...leases };
    const functions = Object.entries(roots)
      .flatMap(([name, root]) => publicFunctions(root, name))
      // Those of arrays are not ours.
      .filter(({ path }) => !path.startsWith('memory.events.'));
    return { functions, requests: { total: 0 } };
  });
});
