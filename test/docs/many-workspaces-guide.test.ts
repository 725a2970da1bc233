import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startFleetWorld } from '../examples/support/fleet-world.js';
import { runExample } from '../examples/support/run-example.js';
import { asOperator, databaseUrl, describeWithServices, ownName } from '../support/services.js';
import { findCodeBlocks } from './support/code-blocks.js';

const root = resolve(import.meta.dirname, '../..');

async function readGuide(name: string) {
  const text = await readFile(join(root, 'docs/guides', name), 'utf8');
  const blocks = findCodeBlocks(text).map(({ code }) => code);
  return { text, program: blocks.find((code) => code.includes('process.once')) ?? '' };
}

/** Runs a program of a guide as it stands, beside the drivers that it imports. */
async function writeProgram(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'program.ts'), program);
  return join(folder, 'program.ts');
}

async function storedIds(schema: string): Promise<string[]> {
  const rows = await asOperator(`SELECT event_id FROM ${schema}.audit_log_events`);
  return rows.map(({ event_id }) => String(event_id)).sort();
}

describeWithServices(['PostgreSQL'], 'the guides of the export', () => {
  const [one, many] = [ownName(['PostgreSQL']), ownName(['PostgreSQL'])];

  test('the program of “Into a database” fills it, goes on, and its query finds what it wrote', async () => {
    const { text, program } = await readGuide('export-to-a-database.md');
    const path = await writeProgram(program);
    const world = await startFleetWorld(1);
    const env = { ...world.env, DATABASE_URL: databaseUrl, AUDIT_SCHEMA: one };
    const first = await runExample(path, [], { env, imports: world.imports });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^3000 new events\. The list was read up to \d+ minutes ago\.\n$/);
    const second = await runExample(path, [], { env, imports: world.imports });
    expect(second.stdout).toMatch(/^0 new events\./);
    expect(await storedIds(one)).toEqual(world.eventIds.toSorted());

    const [, query = ''] = /```sql\n([\s\S]*?)```/.exec(text) ?? [];
    const rows = await asOperator(query.replace('FROM ', `FROM ${one}.`));
    expect(rows).toHaveLength(3_000);
    expect(rows[0]).toMatchObject({ user_id: expect.stringMatching(/^user-\d+$/), client_ip: null });
  });

  test('the program of “Many workspaces” runs twice at a time, and one wrong key stops no other workspace', async () => {
    const { program } = await readGuide('many-workspaces.md');
    const path = await writeProgram(program);
    const world = await startFleetWorld(3);
    const [failing = ''] = world.workspaceIds;
    world.onRequest = async ({ url }) => (url.includes(failing) ? Response.json({}, { status: 401 }) : undefined);
    const env = { ...world.env, DATABASE_URL: databaseUrl, AUDIT_SCHEMA: many };
    const runs = await Promise.all([1, 2].map(() => runExample(path, [], { env, imports: world.imports })));
    expect(runs.map(({ code }) => code)).toContain(1);
    expect(runs.map(({ stderr }) => stderr).join('')).toContain(failing);
    // What one of them found held, the other one has done.
    expect(await storedIds(many)).toEqual(world.eventIds.filter((id) => !id.startsWith('0-')).toSorted());

    world.onRequest = () => undefined;
    const next = await runExample(path, [], { env, imports: world.imports });
    expect({ code: next.code, stderr: next.stderr }).toEqual({ code: 0, stderr: '' });
    expect(next.stdout).toContain(`${failing} done 3000\n`);
    expect(await storedIds(many)).toEqual(world.eventIds.toSorted());
  });
});
