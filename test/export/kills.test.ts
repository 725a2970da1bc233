import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { logLines, startLogServer } from '../audit-logs/support/log-server.js';
import { logSoak, timesOf } from '../support/scale.js';
import { startObjectServer } from './support/object-http-server.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';
import { eventsBelow } from './support/read-events.js';

const kills = timesOf(5, 50);
const files = 200;
const leaseMs = 5_000;
const timeout = timesOf(120_000, 1_200_000);
const bodyOf = (index: number) => logLines(`event-${index}`, 8_000);

/** One kind of sink: where it is, and what is in it, read without the library. */
interface Kind {
  open(directory: string): Promise<{
    readonly place: string;
    readonly schema?: string;
    events(): Promise<readonly string[]>;
    /** As much time goes by as a lease lasts, where processes cannot bring a clock. */
    letLeasesEnd?(): Promise<unknown>;
    end?(): Promise<unknown>;
  }>;
}

const sqlite: Kind = {
  open: async (directory) => {
    const place = join(directory, 'events.db');
    return {
      place,
      events: async () => {
        const db = new DatabaseSync(place, { readOnly: true });
        const rows = db.prepare('SELECT raw FROM audit_log_events').all();
        db.close();
        return rows.map(({ raw }) => String(raw));
      },
    };
  },
};

const inPostgres: Kind = {
  open: async (directory) => {
    const schema = `${testSchema}_${directory.replace(/\W/g, '').slice(-6).toLowerCase()}`;
    return {
      place: databaseUrl,
      schema,
      events: async () =>
        (await asOperator(`SELECT raw FROM ${schema}.audit_log_events`)).map(({ raw }) => String(raw)),
      letLeasesEnd: () =>
        asOperator(
          `UPDATE ${schema}.audit_log_leases SET expires_at = expires_at - interval '1 millisecond' * ${leaseMs}`,
        ),
      end: () => asOperator(`DROP SCHEMA IF EXISTS ${schema} CASCADE`),
    };
  },
};

const inFiles: Kind = {
  open: async (directory) => {
    const place = join(directory, 'logs');
    return { place, events: () => eventsBelow(place) };
  },
};

const inObjects: Kind = {
  open: async () => {
    const server = await startObjectServer();
    const events = async () => {
      const data = [...server.objects].filter(([key]) => key.startsWith('data/'));
      return data.flatMap(([, { body }]) => body.toString().split('\n').slice(0, -1));
    };
    return { place: server.url, events, end: () => server[Symbol.asyncDispose]() };
  },
};

interface Export {
  readonly child: ChildProcess;
  readonly begun: Promise<void>;
  readonly ended: Promise<'done' | 'killed'>;
}

function start(script: string, args: readonly string[]): Export {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    begin();
  });
  const ended = new Promise<'done' | 'killed'>((resolve, reject) => {
    child.on('exit', (code, signal) => {
      begin();
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0 && output.endsWith('done\n')) resolve('done');
      else reject(new Error(`The export failed: ${errors}`));
    });
  });
  ended.catch(() => {});
  return { child, begun, ended };
}

let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram('export-child', new URL('./support/', import.meta.url));
});
afterAll(() => rm(program.directory, { recursive: true, force: true }));

async function open({ open: openKind }: Kind, name: string) {
  const directory = await mkdtemp(join(program.directory, 'store-'));
  const server = await startLogServer({ files, bodyOf, failsNow: failing() });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const store = await openKind(directory);
  onTestFinished(async () => void (await store.end?.()));
  let aheadMs = 0;
  return {
    run: () => {
      const args = [process.cwd(), server.baseUrl, name, store.place, store.schema ?? '', leaseMs, aheadMs];
      return start(program.script, args.map(String));
    },
    events: store.events,
    /** Nobody has to wait for the lease of one that was killed. */
    letLeasesEnd: async () => {
      aheadMs += leaseMs;
      await store.letLeasesEnd?.();
    },
  };
}

/** Now and then an answer is lost, cut, refused or not the file: each is repeated. */
function failing(): () => 'refused' | 'cut' | 'other' | undefined {
  let answers = 0;
  return () => {
    answers += 1;
    if (answers % 31 === 0) return 'refused';
    if (answers % 37 === 0) return 'cut';
    return answers % 41 === 0 ? 'other' : undefined;
  };
}

const expected = Array.from({ length: files }, (_, index) => bodyOf(index).toString().trimEnd().split('\n')).flat();

/** How often each stands there, but for those that stand there once. */
function differences(found: readonly string[]) {
  const counts = new Map<string, number>();
  for (const raw of found) counts.set(raw, (counts.get(raw) ?? 0) + 1);
  const missing = expected.filter((raw) => !counts.has(raw)).length;
  const twice = [...counts.values()].filter((count) => count > 1).length;
  return { missing, twice, foreign: found.length - expected.length };
}

function everyEventOnce(name: string, kind: Kind): void {
  test(`${name}: an export that is killed at random moments has every event once`, { timeout }, async () => {
    const { run, events, letLeasesEnd } = await open(kind, name);
    let killed = 0;
    for (let round = 0; round < kills; round += 1) {
      const { child, begun, ended } = run();
      await begun;
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
      if ((await ended) === 'killed') killed += 1;
      await letLeasesEnd();
    }
    expect(await run().ended).toBe('done');
    expect(differences(await events())).toEqual({ missing: 0, twice: 0, foreign: 0 });
    expect(killed).toBeGreaterThanOrEqual(5);
    logSoak(`${name}: ${killed} SIGKILLs, ${expected.length} events, each once`);
  });

  test(`${name}: two processes that want the same log, and are killed, have every event once`, {
    timeout,
  }, async () => {
    const { run, events, letLeasesEnd } = await open(kind, name);
    let killed = 0;
    for (let round = 0; round < kills; round += 1) {
      const both = [run(), run()];
      await Promise.race(both.map(({ begun }) => begun));
      for (const { child } of both) setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
      const ends = await Promise.all(both.map(({ ended }) => ended));
      killed += ends.filter((end) => end === 'killed').length;
      await letLeasesEnd();
    }
    expect(await Promise.all([run(), run()].map(({ ended }) => ended))).toEqual(['done', 'done']);
    expect(differences(await events())).toEqual({ missing: 0, twice: 0, foreign: 0 });
    expect(killed).toBeGreaterThanOrEqual(5);
    logSoak(`${name}: two processes, ${killed} SIGKILLs, ${expected.length} events, each once`);
  });
}

describe('in a file of SQLite', () => {
  everyEventOnce('node:sqlite', sqlite);
  everyEventOnce('better-sqlite3', sqlite);
});

describe('in a directory', () => {
  everyEventOnce('files', inFiles);
  everyEventOnce('files, compressed', inFiles);
});

describe('in a store of objects', () => {
  everyEventOnce('objects', inObjects);
});

describeWithPostgres('in PostgreSQL', () => {
  everyEventOnce('pg', inPostgres);
  everyEventOnce('postgres', inPostgres);
});
