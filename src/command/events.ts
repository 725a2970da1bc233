import { basename, dirname } from 'node:path';
import { type CheckpointStore, createFileCheckpointStore } from '../audit-logs/index.js';
import { type AuditLogCheckpoint, type AuditLogEvent, connect } from '../index.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions } from './connection.js';
import { LogQuery, logOptions, platformText, timeOf } from './log-query.js';
import { Mistake } from './mistake.js';
import { countOf } from './output.js';

/** Prints events. */
export const events: Command = {
  name: 'events',
  summary: 'Print the events of the audit logs, one JSON object a line',
  options: {
    ...logOptions,
    before: { value: 'TIME', help: 'Only log files closed earlier than this.' },
    follow: { help: 'Wait for more when all were printed.' },
    interval: { value: 'SECONDS', help: 'With --follow: how often to look for new files (default: 60).' },
    checkpoint: { value: 'FILE.json', help: 'Go on where this file says, and keep it up to date.' },
    ...connectionOptions,
  },
  details: [
    'The checkpoint is saved only behind what standard output has taken over: whatever ends the program, a second start leaves nothing out. Behind the last checkpoint events may be printed again; their event_id tells, of the API Platform their id.',
    'A workspace that fails is said, and the others are read on.',
    platformText,
    'Whole numbers beyond 2^53 are printed as texts, so that no digit is lost. With --follow, Ctrl+C or SIGTERM ends it well.',
  ],
  exits: { 0: 'all were printed', 1: 'something was left out, as --allow-gaps has it' },
  run: printEvents,
};

function printEvents(call: Call): Promise<ExitCode> {
  const log = new LogQuery(call);
  return log.run(() => printLog(call, log));
}

async function printLog(call: Call, log: LogQuery): Promise<ExitCode> {
  const { given, progress } = call;
  const before = timeOf(call, 'before');
  const intervalMs = 1_000 * (given.number('interval', { least: 0.05, whole: false }) ?? 60);
  const isFollowing = given.has('follow');
  if (isFollowing && before !== undefined) throw new Mistake('--follow waits for what comes: leave out --before.');
  const kept = checkpointIn(given.text('checkpoint'));
  const resumeFrom = await kept?.load();
  await using connection = connect(await log.readForm(), log.connectOptions);
  const printer = new Printer(call, kept);
  const auditLogs = log.clientOf(connection);
  const query = { ...log.of(auditLogs.principals), resumeFrom, bigIntegers: 'string' as const, ...progressOf(call) };
  if (!isFollowing) {
    const batches = auditLogs.batches({ ...query, before, fill: true }, { signal: call.signal });
    for await (const { events, checkpoint } of batches) if (!(await printer.print(events, checkpoint))) return 0;
    await printer.save(batches.checkpoint());
    progress.end();
    return log.exitCode;
  }
  const onOutage = ({ message }: Error) => progress.note(`${message} Tried again in a while.`);
  const following = auditLogs.follow(
    { ...query, intervalMs, onOutage, onCaughtUp: (checkpoint) => printer.save(checkpoint) },
    { signal: call.signal },
  );
  try {
    for await (const event of following) if (!(await printer.print([event]))) return 0;
  } catch (error) {
    if (!call.signal.aborted || error !== call.signal.reason) throw error;
    // What standard output did not take over is not behind it.
    if (printer.isComplete) await printer.save(following.checkpoint());
  }
  progress.end();
  return log.exitCode;
}

function progressOf({ progress }: Call) {
  return {
    onProgress: ({
      files,
      events,
      lagMs,
    }: {
      readonly files: number;
      readonly events: number;
      readonly lagMs: number;
    }) =>
      progress.show(
        `${countOf(files, 'file')}, ${countOf(events, 'event')}, ${Math.round(lagMs / 3_600_000)} h behind`,
      ),
  };
}

/** Prints events, and then saves how far they go. */
class Printer {
  readonly #call: Call;
  readonly #kept: KeptCheckpoint | undefined;
  #isComplete = true;

  constructor(call: Call, kept: KeptCheckpoint | undefined) {
    this.#call = call;
    this.#kept = kept;
  }

  /** Whether all that was to be printed was. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** `false` where nobody reads any more: nothing is saved then. */
  async print(events: readonly AuditLogEvent[], checkpoint?: AuditLogCheckpoint): Promise<boolean> {
    this.#isComplete = false;
    const isRead = await this.#call.out.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    this.#isComplete = isRead;
    if (isRead && checkpoint !== undefined) await this.save(checkpoint);
    return isRead;
  }

  async save(checkpoint: AuditLogCheckpoint): Promise<void> {
    if (this.#isComplete) await this.#kept?.save(checkpoint);
  }
}

interface KeptCheckpoint {
  load(): ReturnType<CheckpointStore['get']>;
  save(checkpoint: AuditLogCheckpoint): Promise<unknown>;
}

function checkpointIn(path: string | undefined): KeptCheckpoint | undefined {
  if (path === undefined) return undefined;
  const name = basename(path);
  // The store makes the name of a file from that of a checkpoint, and writes no other as it is.
  if (!/^[\w-]+\.json$/.test(name)) {
    throw new Mistake(
      '--checkpoint must name a file of letters, digits, - and _ that ends in .json, such as state/auth-log.json.',
    );
  }
  const key = name.slice(0, -'.json'.length);
  const store = createFileCheckpointStore(dirname(path));
  return { load: () => store.get(key), save: (checkpoint) => store.set(key, checkpoint) };
}
