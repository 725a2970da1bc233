import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runExample } from '../examples/support/run-example.js';
import { findEcsFaults } from '../normalize/ecs/support/check-ecs.js';
import { findCodeBlocks } from './support/code-blocks.js';
import { startFakeElasticsearch } from './support/fake-elasticsearch.js';

const imports = [resolve(import.meta.dirname, 'support/emulated-logs.ts')];
const guide = await readFile(resolve(import.meta.dirname, '../../docs/guides/for-your-siem.md'), 'utf8');
const programs = findCodeBlocks(guide).map(({ code }) => code);
const logsEnd = new Date(Date.now() - 3_600_000).toISOString();
const eventIds = ['AUDIT_LOG-0', 'AUDIT_LOG-1', 'AUDIT_LOG-2', 'AUTH_LOG-0', 'AUTH_LOG-1', 'CODEX_LOG-0'];

/** A program of the guide in a folder of its own, to be run there as often as it is called. */
async function prepare(mark: string, env: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'siem-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program.ts');
  await writeFile(file, programs.find((code) => code.includes(mark)) ?? '');
  return {
    folder,
    run: () => runExample(file, [], { imports, cwd: folder, env: { LOGS_END: logsEnd, ...env } }),
  };
}

test('the program for Elasticsearch adds each record once, however often it comes', { timeout: 60_000 }, async () => {
  const elasticsearch = await startFakeElasticsearch();
  const { folder, run } = await prepare('/_bulk', {
    ELASTICSEARCH_URL: elasticsearch.url,
    ELASTICSEARCH_API_KEY: 'key-1',
  });
  expect(await run()).toEqual({ code: 0, stderr: '', stdout: '6 new documents.\n' });
  expect([...elasticsearch.documents.keys()].toSorted()).toEqual(eventIds);
  expect(elasticsearch.faults).toEqual([]);
  for (const document of elasticsearch.documents.values()) expect(findEcsFaults(document)).toEqual([]);
  expect(elasticsearch.documents.get('AUTH_LOG-1')).toMatchObject({ event: { outcome: 'failure' } });
  const stored = JSON.stringify([...elasticsearch.documents.values()]);
  for (const secret of ['northwind.example', 'Rename']) expect(stored).not.toContain(secret);

  expect(await run()).toEqual({ code: 0, stderr: '', stdout: '0 new documents.\n' });
  // As after a crash, before the checkpoint was saved.
  await rm(join(folder, 'checkpoints'), { recursive: true });
  expect(await run()).toEqual({ code: 0, stderr: '', stdout: '0 new documents.\n' });
  expect(elasticsearch.conflicts()).toBeGreaterThanOrEqual(eventIds.length);
  expect(elasticsearch.documents.size).toBe(eventIds.length);
});

test('what Elasticsearch refuses comes again with the next run', { timeout: 60_000 }, async () => {
  const elasticsearch = await startFakeElasticsearch();
  const { run } = await prepare('/_bulk', { ELASTICSEARCH_URL: elasticsearch.url, ELASTICSEARCH_API_KEY: 'key-1' });
  elasticsearch.refused.add('AUDIT_LOG-1');
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain('1 were refused: document_parsing_exception.');
  elasticsearch.refused.clear();
  expect((await run()).code).toBe(0);
  expect([...elasticsearch.documents.keys()].toSorted()).toEqual(eventIds);
});

test('the program for a lake writes each event to its class and day', { timeout: 60_000 }, async () => {
  const { folder, run } = await prepare('class_uid=');
  expect(await run()).toMatchObject({ code: 0, stderr: '' });
  const readLake = async () => {
    const names = await readdir(join(folder, 'lake'), { recursive: true });
    const files = names.filter((name) => name.endsWith('.ndjson')).toSorted();
    const bodies = await Promise.all(files.map((name) => readFile(join(folder, 'lake', name), 'utf8')));
    return files.map((name, index) => ({ name, body: bodies[index] ?? '' }));
  };
  const lake = await readLake();
  const ids = new Set<string>();
  for (const { name, body } of lake) {
    for (const line of body.trimEnd().split('\n')) {
      const { class_uid, time, metadata } = JSON.parse(line);
      const day = new Date(time).toISOString().slice(0, 10);
      expect(name).toMatch(new RegExp(`^class_uid=${class_uid}.day=${day}.[0-9a-f]{64}\\.ndjson$`));
      ids.add(metadata.uid);
    }
    for (const secret of ['northwind.example', 'Rename']) expect(body).not.toContain(secret);
  }
  expect([...ids].toSorted()).toEqual(eventIds);

  expect(await run()).toEqual({ code: 0, stderr: '', stdout: '0 events written.\n' });
  await rm(join(folder, 'checkpoints'), { recursive: true });
  expect((await run()).code).toBe(0);
  // The same batch is the same object.
  expect(await readLake()).toEqual(lake);
});

test('the index template of the guide is one', () => {
  const [, template = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  expect(JSON.parse(template)).toMatchObject({ composed_of: ['ecs@mappings'] });
});
