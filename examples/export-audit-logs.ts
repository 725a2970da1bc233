/**
 * Exports the events of five types to a JSON Lines file and goes on where it stopped when it is run again, after a crash too.
 *
 *     npm run example examples/export-audit-logs.ts audit-logs.jsonl
 *
 * The checkpoint is saved together with the size the export had then. What an interrupted run wrote after that is cut off
 * before going on, so that every event stands in the file exactly once. Only one run at a time writes to a file. A file that
 * was rotated (moved away, or emptied) is begun anew, and what stands in the old one is not written again, but for what an
 * interrupted run wrote last: run this once more before you rotate, or that stands in both. A file that is moved away while
 * this runs is written to until the end of the run.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditLogCheckpoint } from 'chatgpt-enterprise-sdk/audit-logs';
import { takeLock } from './support/lock-file.ts';
import { openConnection, tellIfEmulated } from './support/open-connection.ts';
import { bar, countOf, endProgress, showProgress } from './support/progress-line.ts';
import { run } from './support/run.ts';

interface Saved {
  /** Nothing was read yet when it is missing. */
  readonly checkpoint?: AuditLogCheckpoint | undefined;
  /** Size of the export at that checkpoint. */
  readonly bytes: number;
  /** Hash of how it begins, by which it is known again. */
  readonly head: string;
}

const target = process.argv[2] ?? 'exports/audit-logs.jsonl';
const stateFile = `${target}.state.json`;

await run(async () => {
  tellIfEmulated();
  await using connection = openConnection('compliance');
  await mkdir(dirname(target), { recursive: true });
  await using lock = await takeLock(`${target}.lock`);
  if (lock === undefined)
    return stop(
      `Another run writes to ${target}. Wait until it has ended, or name another file. If it was killed on another host or ` +
        `in another container, wait five minutes, or delete ${target}.lock.`,
    );
  const saved = await load();
  // By its name a file that was moved away meanwhile would be another one.
  await using file = await open(target, 'a+');
  const { size } = await file.stat();
  // Emptied or moved away: rotated. Extending it to the size it had would fill it with NUL bytes.
  const startBytes = size === 0 ? 0 : (saved?.bytes ?? 0);
  if (size < startBytes) {
    return stop(
      `${target} holds ${size} bytes, and ${startBytes} were written to it: something has cut it. Put it back, or move it ` +
        'away to go on in a new file.',
    );
  }
  if (saved === undefined && size > 0) {
    return stop(`${target} is there, and ${stateFile} is not: this program did not write it. Move one of them.`);
  }
  if (startBytes > 0 && saved?.head !== (await headOf(file, startBytes))) {
    return stop(
      `${target} begins otherwise than it did when ${stateFile} was saved: it is another file. Put the right one back, or ` +
        'move this one away to go on in a new file.',
    );
  }
  // Not by the handle: on Windows one that appends cannot cut.
  await truncate(target, startBytes);
  await save(file, startBytes, saved?.checkpoint);

  const startMs = Date.now();
  let bytes = startBytes;
  let count = 0;
  let last = saved?.checkpoint;
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
    await lock.check();
    const { size: found } = await file.stat();
    if (found !== bytes && found > 0) {
      endProgress();
      return stop(
        `${target} holds ${found} bytes, and ${bytes} were written to it: something else writes to it. Stop that.`,
      );
    }
    // Emptied: before anything is written to it, so that no later run cuts it where the old one ended.
    if (found !== bytes) await save(file, 0, last);
    await file.appendFile(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    await file.sync();
    bytes = (await file.stat()).size;
    await save(file, bytes, checkpoint);
    last = checkpoint;
    count += events.length;
  }
  await save(file, bytes, batches.checkpoint());
  endProgress();
  const seconds = ((Date.now() - startMs) / 1_000).toFixed(1);
  console.log(`${countOf(count, 'new event')} in ${seconds} s; ${target} holds ${bytes} bytes. Run it again to go on.`);
});

function stop(why: string): void {
  console.error(why);
  process.exitCode = 1;
}

async function load(): Promise<Saved | undefined> {
  try {
    return JSON.parse(await readFile(stateFile, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function headOf(file: FileHandle, bytes: number): Promise<string> {
  const head = Buffer.alloc(Math.min(bytes, 4_096));
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return createHash('sha256').update(head.subarray(0, bytesRead)).digest('base64');
}

// Written aside, flushed and renamed: a crash leaves the old state or the new one.
async function save(exported: FileHandle, bytes: number, checkpoint: AuditLogCheckpoint | undefined): Promise<void> {
  const state: Saved = { checkpoint, bytes, head: await headOf(exported, bytes) };
  const file = await open(`${stateFile}.tmp`, 'w');
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${stateFile}.tmp`, stateFile);
}
