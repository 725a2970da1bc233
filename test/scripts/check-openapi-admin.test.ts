import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientRoutes } from '../../scripts/openapi-admin/client-routes.js';
import { interfaceFields } from '../../scripts/openapi-admin/interface-fields.js';
import { AdminClient } from '../../src/admin/index.js';
import { adminRoutes } from '../../src/testing/routes.js';

const root = resolve(import.meta.dirname, '../..');
const invented = resolve(import.meta.dirname, 'fixtures/admin-openapi.json');
const text = await readFile(invented, 'utf8');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'));
});
afterAll(() => rm(folder, { recursive: true }));

function check(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const script = join(root, 'scripts/check-openapi-admin.ts');
    execFile(process.execPath, ['--no-warnings', script, ...args], (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

/** The invented document with something replaced. */
async function checkWith(old: string, replacement: string) {
  expect(text).toContain(old);
  const file = join(folder, 'openapi.json');
  await writeFile(file, text.replace(old, replacement));
  return check(file);
}

/** The lines below a heading. */
function below(stdout: string, heading: string): string[] {
  const [, rest = ''] = stdout.split(`${heading}:\n`);
  const lines = rest.split('\n\n')[0] ?? '';
  return lines.split('\n').flatMap((line) => line.trim() || []);
}

describe('check-openapi-admin', () => {
  test('says of an older document what is known from later versions, and that nothing is to be done', async () => {
    const { code, stdout, stderr } = await check(invented);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const later = below(stdout, 'Only in the client: known from later versions');
    expect(later.filter((line) => !line.startsWith('GET '))).toEqual([
      'AdminGroup.member_count',
      'UsageLimit.limit_amount',
      'UsageLimit.limit_expires_at',
    ]);
    expect(later).toContain('GET /manage/workspaces/{workspace_id}/users');
    expect(later).not.toContain('GET /manage/workspaces/{workspace_id}/groups');
    expect(below(stdout, 'Without a method, read with client.get()')).toEqual([
      'GET /analytics/codex/workspaces/{workspace_id}/usage',
    ]);
    expect(stdout).toContain('The client knows all that the document has.');
    expect(stdout).not.toContain('compliance');
  });

  test.each([
    ['a route', '"/analytics/codex/', '"/analytics/seats/', 'GET /analytics/seats/workspaces/{workspace_id}/usage'],
    [
      'a query parameter',
      '{ "name": "cursor", "in": "query" }',
      '{ "name": "cursor", "in": "query" }, { "name": "source", "in": "query" }',
      'GET /manage/workspaces/{workspace_id}/groups: query source',
    ],
    ['a field', '"name": { "type": "string" }', '"name": {}, "owner_id": {}', 'AdminGroup.owner_id'],
    ['a field further in', '"display_name": {', '"kind": {}, "display_name": {', 'AdminScimGroup.kind'],
    [
      'a field of rows of a list in a field',
      '"limit": { "type": "integer" }',
      '"limit": {}, "currency": {}',
      'UsageLimit.currency',
    ],
    [
      'a field beside the rows',
      '"has_more": {',
      '"total": {}, "has_more": {',
      'GET /manage/workspaces/{workspace_id}/groups: total, beside the rows',
    ],
  ])('exits with 1 where the document has %s that the client does not know', async (_what, old, added, says) => {
    const { code, stdout } = await checkWith(old, added);
    expect(below(stdout, 'Only in the document (2.5.1): to be added')).toEqual([says]);
    expect(code).toBe(1);
  });

  test('takes what a newer document lacks for gone, and exits with 1', async () => {
    const { code, stdout } = await checkWith('"version": "2.5.1"', '"version": "2.5.40"');
    expect(below(stdout, 'Only in the client: gone, or renamed?')).toContain('AdminGroup.member_count');
    expect(code).toBe(1);
  });

  test.each([
    ['no name', [], 'Usage: node scripts/check-openapi-admin.ts'],
    ['a file that is not there', [join(root, 'no-such.json')], 'no-such.json cannot be read as JSON: ENOENT'],
    ['no JSON', [join(root, 'README.md')], 'README.md cannot be read as JSON'],
    ['no document', [join(root, 'package.json')], 'package.json is no OpenAPI document'],
  ])('exits with 2 and a sentence for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await check(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trim().split('\n').length).toBeLessThan(3);
  });
});

test('it knows every route that the emulator has, and every type of an answer', async () => {
  const routes = await clientRoutes(AdminClient);
  const short = [...routes.keys()].map((route) =>
    `GET ${route}`.replace('/workspaces/{workspace_id}', '').replaceAll(/\{\w+\}/g, '{id}'),
  );
  expect(short.toSorted()).toEqual([...adminRoutes].sort());
  const interfaces = interfaceFields(join(root, 'src/admin/schemas'));
  for (const { answer } of routes.values()) expect([...interfaces.keys()]).toContain(answer);
  const usage = routes.get('/analytics/workspaces/{workspace_id}/usage');
  expect([...(usage?.query ?? [])].sort()).toEqual(['end_time', 'group', 'limit', 'page', 'start_time']);
});
