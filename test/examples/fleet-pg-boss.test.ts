import { PgBoss } from 'pg-boss';
import { expect, onTestFinished, test } from 'vitest';
import { asOperator, databaseUrl, describeWithServices, ownName } from '../support/services.js';
import { type FleetProgram, saidOfEach, startFleetProgram } from './support/fleet-program.js';
import { type FleetWorld, holdAll, holdBack, startFleetWorld } from './support/fleet-world.js';
import { expectOneWriterAtATime, watchWriters } from './support/one-writer.js';

describeWithServices(['PostgreSQL'], 'the fleet on pg-boss', () => {
  const names = Array.from({ length: 5 }, () => ownName(['PostgreSQL']));

  test('several workers export every event once and no workspace at the same time, though one is killed at work', {
    timeout: 120_000,
  }, async () => {
    const schema = names[0] ?? '';
    const world = await startFleetWorld(4);
    const writers = await watchWriters(schema);
    const [victim] = world.workspaceIds;
    // Its second job: some of it is in the store.
    let downloads = 0;
    const held = holdBack(world, ({ url }) => url.includes(`${victim}/logs/`) && ++downloads === 4);
    const programs = ['a', 'b', 'c'].map((name) => start(world, schema, name));
    const { pid } = await held;
    const killed = programs.find(({ child }) => child.pid === pid);
    killed?.child.kill('SIGKILL');
    expect(await killed?.ended).toBe(null);
    const rest = programs.filter((program) => program !== killed);
    expect(rest).toHaveLength(2);

    await saidOfEach(rest, [victim ?? ''], 'done');
    await saidOfEach(programs, world.workspaceIds.slice(1), 'done');
    expect(await storedIds(schema)).toEqual(world.eventIds.toSorted());
    await expectOneWriterAtATime(writers);
    // What one job did not read, the next one did.
    expect(programs.flatMap(({ lines }) => lines).filter((line) => line.includes(': more')).length).toBeGreaterThan(4);
    for (const { child } of rest) child.kill('SIGTERM');
    expect(await Promise.all(rest.map(({ ended }) => ended))).toEqual([0, 0]);
  });

  test('a workspace is queued once, however many rounds come while it waits', { timeout: 60_000 }, async () => {
    const schema = names[1] ?? '';
    const world = await startFleetWorld(2);
    const gate = holdAll(world);
    const program = start(world, schema, 'a');
    await gate.reached;
    const boss = await openBoss(schema);
    // Beside the one that is under way, one may wait.
    await boss.send('rounds');
    await program.said(/^Queued 2 of 2 workspaces/, 2);
    await boss.send('rounds');
    await program.said(/^Queued 0 of 2 workspaces/);
    const jobs = `SELECT state, count(*)::integer FROM ${schema}.job WHERE name = 'exports' GROUP BY state ORDER BY state`;
    expect(await asOperator(jobs)).toEqual([
      { state: 'created', count: 2 },
      { state: 'active', count: 2 },
    ]);
    gate.release();
    await saidOfEach([program], world.workspaceIds, 'done');
    expect(await storedIds(schema)).toEqual(world.eventIds.toSorted());
  });

  test('a worker that is told to end stops its exports, gives the leases back and queues them again', {
    timeout: 60_000,
  }, async () => {
    const schema = names[2] ?? '';
    const world = await startFleetWorld(1);
    const [id = ''] = world.workspaceIds;
    const held = holdBack(world, ({ url }) => url.includes(`${id}/logs/`));
    const program = start(world, schema, 'a', { FLEET_TAKE_OVER_SECONDS: '60' });
    await held;
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.lines.filter((line) => line.includes(id))).toEqual([]);
    // Nobody has to wait for the minute to pass.
    const next = start(world, schema, 'b', { FLEET_TAKE_OVER_SECONDS: '60' });
    await next.said(new RegExp(`${id}: done`));
    expect(next.lines.filter((line) => line.includes('held'))).toEqual([]);
    expect(await storedIds(schema)).toEqual(world.eventIds.toSorted());
  });

  test('a workspace that fails is told of and tried again, and holds up no other', { timeout: 60_000 }, async () => {
    const schema = names[3] ?? '';
    const world = await startFleetWorld(2);
    const [failing = '', other = ''] = world.workspaceIds;
    let refused = 0;
    world.onRequest = async ({ url }) =>
      url.includes(failing) && ++refused === 1
        ? Response.json({ error: { message: 'secret words' } }, { status: 401 })
        : undefined;
    const program = start(world, schema, 'a');
    await program.said(new RegExp(`${failing}: .*401`));
    await saidOfEach([program], [failing, other], 'done');
    expect(await storedIds(schema)).toEqual(world.eventIds.toSorted());
    const output = `SELECT coalesce(string_agg(output::text, ' '), '') AS text FROM ${schema}.job`;
    const [row] = await asOperator(output);
    for (const text of [...program.lines, String(row?.text)]) {
      expect(text).not.toContain(world.env.CHATGPT_COMPLIANCE_API_KEY);
      expect(text).not.toContain('secret words');
    }
  });

  test('one command shows it on an emulator', { timeout: 60_000 }, async () => {
    const program = startFleetProgram('fleet/pg-boss.ts', {
      env: { DATABASE_URL: databaseUrl, FLEET_NAME: names[4] ?? '' },
    });
    await program.said(/: done, [1-9]\d* events/, 2);
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.lines[0]).toContain('this is an emulator');
  });
});

function start(world: FleetWorld, schema: string, name: string, settings: Record<string, string> = {}): FleetProgram {
  return startFleetProgram('fleet/pg-boss.ts', {
    env: {
      ...world.env,
      DATABASE_URL: databaseUrl,
      FLEET_NAME: schema,
      FLEET_MAX_EVENTS: '1000',
      FLEET_TAKE_OVER_SECONDS: '2',
      PGAPPNAME: name,
      ...settings,
    },
    imports: world.imports,
  });
}

async function openBoss(schema: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema, supervise: false, schedule: false, migrate: false });
  await boss.start();
  onTestFinished(() => boss.stop({ graceful: false }));
  return boss;
}

async function storedIds(schema: string): Promise<string[]> {
  const rows = await asOperator(`SELECT event_id FROM ${schema}.audit_log_events`);
  return rows.map(({ event_id }) => String(event_id)).sort();
}
