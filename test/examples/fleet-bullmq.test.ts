import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { eventsBelow } from '../export/support/read-events.js';
import { asOperator, databaseUrl, describeWithServices, ownName, redisUrl } from '../support/services.js';
import { type FleetProgram, type FleetProgramOptions, saidOfEach, startFleetProgram } from './support/fleet-program.js';
import { type FleetWorld, holdAll, holdBack, startFleetWorld } from './support/fleet-world.js';
import { expectOneWriterAtATime, watchWriters } from './support/one-writer.js';

describeWithServices(['Redis'], 'the fleet on BullMQ', () => {
  const names = Array.from({ length: 5 }, () => ownName(['Redis']));

  test('several workers write every event once into files, though one is killed at work', {
    timeout: 120_000,
  }, async () => {
    const name = names[0] ?? '';
    const world = await startFleetWorld(4);
    const cwd = await ownFolder();
    const [victim] = world.workspaceIds;
    // Its second job: some of it is in the store.
    let downloads = 0;
    const held = holdBack(world, ({ url }) => url.includes(`${victim}/logs/`) && ++downloads === 4);
    const programs = [1, 2, 3].map(() => start(world, name, { cwd }));
    const { pid } = await held;
    const killed = programs.find(({ child }) => child.pid === pid);
    killed?.child.kill('SIGKILL');
    expect(await killed?.ended).toBe(null);
    const rest = programs.filter((program) => program !== killed);
    expect(rest).toHaveLength(2);

    await saidOfEach(rest, [victim ?? ''], 'done');
    await saidOfEach(programs, world.workspaceIds.slice(1), 'done');
    expect(await idsBelow(cwd)).toEqual(world.eventIds.toSorted());
    // What one job did not read, the next one did.
    expect(programs.flatMap(({ lines }) => lines).filter((line) => line.includes(': more')).length).toBeGreaterThan(4);
    for (const { child } of rest) child.kill('SIGTERM');
    expect(await Promise.all(rest.map(({ ended }) => ended))).toEqual([0, 0]);
  });

  test('a workspace is queued once, however many rounds come while it waits or is exported', {
    timeout: 60_000,
  }, async () => {
    const name = names[1] ?? '';
    const world = await startFleetWorld(2);
    const cwd = await ownFolder();
    const gate = holdAll(world);
    const program = start(world, name, { cwd });
    await gate.reached;
    const rounds = openQueue('rounds', name);
    await rounds.add('round', {});
    await rounds.add('round', {});
    await program.said(/^A round of 2 workspaces/, 3);
    expect(await openQueue('exports', name).getJobCounts('active', 'wait', 'delayed')).toEqual({
      ...{ active: 2, wait: 0, delayed: 0 },
    });
    gate.release();
    await saidOfEach([program], world.workspaceIds, 'done');
    expect(await idsBelow(cwd)).toEqual(world.eventIds.toSorted());
  });

  test('a worker that is told to end stops its exports, gives the leases back and queues them again', {
    timeout: 60_000,
  }, async () => {
    const name = names[2] ?? '';
    const world = await startFleetWorld(1);
    const cwd = await ownFolder();
    const [id = ''] = world.workspaceIds;
    const held = holdBack(world, ({ url }) => url.includes(`${id}/logs/`));
    const slow = { cwd, env: { FLEET_TAKE_OVER_SECONDS: '60' } };
    const program = start(world, name, slow);
    await held;
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.lines.filter((line) => line.includes(id))).toEqual([]);
    // Nobody has to wait for the minute to pass.
    const next = start(world, name, slow);
    await next.said(new RegExp(`${id}: done`));
    expect(next.lines.filter((line) => line.includes('held'))).toEqual([]);
    expect(await idsBelow(cwd)).toEqual(world.eventIds.toSorted());
  });

  test('a workspace that fails is told of and tried again, and holds up no other', { timeout: 60_000 }, async () => {
    const name = names[3] ?? '';
    const world = await startFleetWorld(2);
    const cwd = await ownFolder();
    const [failing = '', other = ''] = world.workspaceIds;
    let refused = 0;
    world.onRequest = async ({ url }) =>
      url.includes(failing) && ++refused === 1
        ? Response.json({ error: { message: 'secret words' } }, { status: 401 })
        : undefined;
    const program = start(world, name, { cwd });
    await program.said(new RegExp(`${failing}: .*401`));
    await saidOfEach([program], [failing, other], 'done');
    expect(await idsBelow(cwd)).toEqual(world.eventIds.toSorted());
    expect(program.lines.join('\n')).not.toContain('secret words');
    expect(program.lines.join('\n')).not.toContain(world.env.CHATGPT_COMPLIANCE_API_KEY);
  });

  test('one command shows it on an emulator', { timeout: 60_000 }, async () => {
    const cwd = await ownFolder();
    const env = { REDIS_URL: redisUrl, FLEET_NAME: names[4] ?? '' };
    const program = startFleetProgram('fleet/bullmq.ts', { env, cwd });
    await program.said(/: done, [1-9]\d* events/, 2);
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.lines[0]).toContain('this is an emulator');
  });
});

describeWithServices(['PostgreSQL', 'Redis'], 'the fleet on BullMQ, with its events in PostgreSQL', () => {
  const name = ownName(['PostgreSQL', 'Redis']);

  test('several workers write every event once and no workspace at the same time, and count together for the key that they share', {
    timeout: 120_000,
  }, async () => {
    const world = await startFleetWorld(2);
    const writers = await watchWriters(name);
    let downloads = 0;
    const gate = holdAll(world);
    const hold = world.onRequest;
    world.onRequest = (request) => {
      if (/\/logs\/./.test(request.url)) downloads += 1;
      return hold(request);
    };
    const env = { DATABASE_URL: databaseUrl, FLEET_SHARED_KEY: 'all' };
    const programs = ['a', 'b'].map((process) => start(world, name, { env: { ...env, PGAPPNAME: process } }));
    await gate.reached;
    // Under other ids, so that the queue does not keep them apart: it is the lease that does.
    const again = world.workspaceIds.map((id) => ({ name: 'export', data: { principal: { type: 'workspace', id } } }));
    await openQueue('exports', name).addBulk(again);
    await saidOfEach(programs, world.workspaceIds, 'held');
    gate.release();
    await saidOfEach(programs, world.workspaceIds, 'done');
    const rows = await asOperator(`SELECT event_id FROM ${name}.audit_log_events`);
    expect(rows.map(({ event_id }) => String(event_id)).sort()).toEqual(world.eventIds.toSorted());
    await expectOneWriterAtATime(writers);
    const redis = new Redis(redisUrl);
    onTestFinished(() => redis.disconnect());
    expect(downloads).toBeGreaterThanOrEqual(12);
    expect(await redis.zcard(`${name}:limit:all:download`)).toBe(downloads);
  });
});

function start(world: FleetWorld, name: string, { env, cwd }: Partial<FleetProgramOptions>): FleetProgram {
  return startFleetProgram('fleet/bullmq.ts', {
    env: {
      ...world.env,
      REDIS_URL: redisUrl,
      FLEET_NAME: name,
      FLEET_MAX_EVENTS: '1000',
      FLEET_TAKE_OVER_SECONDS: '3',
      ...env,
    },
    imports: world.imports,
    ...(cwd !== undefined && { cwd }),
  });
}

function openQueue(queue: string, prefix: string): Queue {
  const opened = new Queue(queue, { connection: { url: redisUrl }, prefix });
  onTestFinished(() => opened.close());
  return opened;
}

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function idsBelow(folder: string): Promise<string[]> {
  // What the programs wrote.
  const events = (await eventsBelow(folder)).map((line) => JSON.parse(line) as { event_id: string });
  return events.map(({ event_id }) => event_id).sort();
}
