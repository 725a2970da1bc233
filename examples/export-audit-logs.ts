/**
 * Exports the events of five types to a JSON Lines file and goes on where it stopped when it is run again, after a crash too.
 *
 *     npm run example examples/export-audit-logs.ts audit-logs.jsonl
 *
 * The checkpoint is saved together with the size the export had then. What an interrupted run wrote after that is cut off
 * before going on, so that every event stands in the file exactly once.
 */
import { appendFile, mkdir, open, readFile, rename, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditLogCheckpoint } from 'chatgpt-enterprise-sdk/audit-logs';
import { openConnection } from './support/open-connection.ts';
import { bar, countOf, endProgress, showProgress } from './support/progress-line.ts';
import { run } from './support/run.ts';

interface Saved {
  readonly checkpoint: AuditLogCheckpoint;
  /** Size of the export at that checkpoint. */
  readonly bytes: number;
}

const target = process.argv[2] ?? 'exports/audit-logs.jsonl';
const stateFile = `${target}.state.json`;

await run(async () => {
  await using connection = openConnection('compliance');
  await mkdir(dirname(target), { recursive: true });
  const saved = await load();
  await appendFile(target, '');
  await truncate(target, saved?.bytes ?? 0);

  const startMs = Date.now();
  let bytes = saved?.bytes ?? 0;
  let count = 0;
  const batches = connection.auditLogs.batches({
    eventTypes: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE', 'APP_LOG', 'CODEX_LOG'],
    resumeFrom: saved?.checkpoint,
    batchSize: 1_000,
    onProgress: ({ files, events, lagMs }) => {
      const share = 1 - lagMs / (30 * 86_400_000);
      showProgress(
        `${bar(share)} ${countOf(files, 'file')}, ${countOf(events, 'event')}, ${Math.round(lagMs / 3_600_000)} h behind`,
      );
    },
  });
  for await (const { events, checkpoint } of batches) {
    await appendFile(target, events.map((event) => `${JSON.stringify(event)}\n`).join(''), { flush: true });
    bytes = (await stat(target)).size;
    await save({ checkpoint, bytes });
    count += events.length;
  }
  await save({ checkpoint: batches.checkpoint(), bytes });
  endProgress();
  const seconds = ((Date.now() - startMs) / 1_000).toFixed(1);
  console.log(`${countOf(count, 'new event')} in ${seconds} s; ${target} holds ${bytes} bytes. Run it again to go on.`);
});

async function load(): Promise<Saved | undefined> {
  try {
    return JSON.parse(await readFile(stateFile, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

// Written aside, flushed and renamed: a crash leaves the old state or the new one.
async function save(state: Saved): Promise<void> {
  const file = await open(`${stateFile}.tmp`, 'w');
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${stateFile}.tmp`, stateFile);
}
