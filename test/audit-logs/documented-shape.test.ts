import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentedShape, eventSchemas } from '../../src/audit-logs/documented-shape.js';

type Json = Record<string, unknown>;

const folder = join(import.meta.dirname, '../fixtures/events');
const files = readdirSync(folder);

function recordsOf(file: string): readonly Json[] {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Json);
}

function sample(file: string, where: Json = {}): Json {
  const entries = Object.entries(where);
  const record = recordsOf(file).find((candidate) => entries.every(([key, value]) => candidate[key] === value));
  if (record === undefined) throw new Error(`No such record in ${file}`);
  return record;
}

describe('sample records', () => {
  test.each(files)('all of %s are as documented', (file) => {
    const records = recordsOf(file);
    expect(records.map((record) => documentedShape(record))).toEqual(records.map(() => undefined));
  });

  test('there are some of every known type', () => {
    const types = new Set(files.flatMap((file) => recordsOf(file).map(({ type }) => type)));
    expect([...types].sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  test('there is one of every action and every event_type, and one of a name nobody knows', () => {
    for (const [type, { part }] of Object.entries(eventSchemas)) {
      if (part === undefined) continue;
      const records = files.flatMap(recordsOf).filter((record) => record.type === type);
      const names = new Set(records.map((record) => record[part.dependsOn]));
      expect(names).toEqual(new Set([...Object.keys(part.schemas), 'SOMETHING_NEWER']));
    }
  });
});

test('says where a record is not as documented, without quoting it', () => {
  const record = sample('audit-log.jsonl', { action: 'USER_DELETE' });
  const issues = documentedShape({ ...record, timestamp: 5, action_data: { deleted_user_id: ['secret'] } });
  expect(issues).toEqual([
    { path: ['timestamp'], message: 'expected string' },
    { path: ['action_data', 'deleted_user_id'], message: 'expected string' },
  ]);
});

test('looks into event_details by event_type', () => {
  const record = sample('codex-log.jsonl', { event_type: 'PROMPT_SENT' });
  expect(documentedShape({ ...record, event_details: {} })).toEqual([
    { path: ['event_details', 'session_id'], message: 'expected string' },
  ]);
});

test('takes a record of an unknown type that has the envelope', () => {
  expect(documentedShape({ ...sample('auth-log.jsonl'), type: 'SOMETHING_NEWER' })).toBeUndefined();
});

test('checks the envelope of a record of an unknown type', () => {
  expect(documentedShape({ type: 'SOMETHING_NEWER', event_id: '', timestamp: '2026-09-14T00:00:00Z' })).toEqual([
    { path: ['event_id'], message: 'expected non-empty text' },
    { path: ['principal'], message: 'expected object' },
    { path: ['actor'], message: expect.any(String) },
  ]);
});

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'takes a type called %s for an unknown one',
  (type) => {
    const record = { ...sample('auth-log.jsonl'), type };
    expect(documentedShape(record)).toBeUndefined();
    expect(documentedShape({ ...sample('audit-log.jsonl'), action: type })).toBeUndefined();
  },
);

test.each([undefined, null, 5, {}, []])('reports a type that is %j, and does not throw', (type) => {
  const paths = documentedShape({ ...sample('auth-log.jsonl'), type })?.map(({ path }) => path);
  expect(paths).toContainEqual(['type']);
});

test('keeps the record as it was: unknown keys, order and identity', () => {
  const record = { ...sample('costs.jsonl'), zebra: { b: 1, a: [null] }, aardvark: true };
  const before = JSON.stringify(record);
  Object.freeze(record);
  expect(documentedShape(record)).toBeUndefined();
  expect(JSON.stringify(record)).toBe(before);
});

test('reads a key called __proto__ as data', () => {
  const record = JSON.parse(
    JSON.stringify(sample('app-log.jsonl')).replace('{', '{"__proto__":{"polluted":true},'),
  ) as Json;
  expect(documentedShape(record)).toBeUndefined();
  expect(({} as Json).polluted).toBeUndefined();
  expect(Object.hasOwn(record, '__proto__')).toBe(true);
});

test('takes null where live records have null', () => {
  const nulls: Json = { user_email: null, client_ip: null, environment_id: null, name: null, title: null };
  const withNulls = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withNulls);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key in nulls ? null : withNulls(inner)]),
    );
  };
  const records = files
    .flatMap(recordsOf)
    // There `name` is what a call is of, not what something is called.
    .filter(({ event_type }) => !String(event_type).startsWith('APP_MCP'));
  expect(records.flatMap((record) => documentedShape(withNulls(record) as Json) ?? [])).toEqual([]);
});

test('takes a delegator of a type that nobody knows', () => {
  const record = sample('custom-agents-log.jsonl');
  const delegator = { type: 'SOMETHING_NEW', id: 'x' };
  const actor = { type: 'AGENT', agent_runtime: { id: 'r', delegator } };
  expect(documentedShape({ ...record, actor })).toBeUndefined();
});
