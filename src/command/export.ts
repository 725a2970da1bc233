import { exportLogs } from '../export/index.js';
import { connect } from '../index.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions } from './connection.js';
import { LogQuery, logOptions, platformText } from './log-query.js';
import { Mistake } from './mistake.js';
import { countOf } from './output.js';
import { openSink } from './sinks.js';

/** Brings events into a store. */
export const exportCommand: Command = {
  name: 'export',
  summary: 'Bring the audit logs into files or a database, each event once',
  options: {
    to: { value: 'STORE', help: 'A directory, sqlite:FILE, or postgres. Required.' },
    gzip: { help: 'Of a directory: compress the files.' },
    ...logOptions,
    minutes: { value: 'NUMBER', help: 'Stop after so many minutes for each workspace; the next start goes on.' },
    json: { help: 'Print the result as one JSON object.' },
    ...connectionOptions,
  },
  details: [
    'Goes on where the store ends, so start it every ten minutes or so. Events and how far they go are written together: whatever ends it, nothing is lost and nothing is there twice. One process at a time exports a workspace, by a lease in the store; another one leaves that workspace to it.',
    'postgres takes the package pg, which you install beside this one, and finds the database by DATABASE_URL, or by PGHOST, PGUSER, PGPASSWORD, PGDATABASE and the like. The tables, and what stands in the files: docs/guides/export-to-a-database.md.',
    'A workspace that fails is said, and the others are exported.',
    platformText,
  ],
  exits: {
    0: 'all that the service lists is in the store',
    1: 'something is left for a later start: another process exports it, the time was up, or a file was left out',
  },
  run: exportEvents,
};

function exportEvents(call: Call): Promise<ExitCode> {
  const log = new LogQuery(call);
  return log.run(() => exportLog(call, log));
}

async function exportLog(call: Call, log: LogQuery): Promise<ExitCode> {
  const { given, out, progress, signal } = call;
  const to = given.text('to');
  if (to === undefined) throw new Mistake('Say where to: --to DIRECTORY, --to sqlite:FILE, or --to postgres.');
  const minutes = given.number('minutes', { least: 0.01, whole: false });
  const config = await log.readForm();
  await using store = await openSink(to, given.has('gzip'), call.env);
  await using connection = connect(config, log.connectOptions);
  const auditLogs = log.clientOf(connection);
  const result = await exportLogs({
    client: auditLogs,
    query: log.of(auditLogs.principals),
    sink: store.sink,
    budget: minutes === undefined ? undefined : { maxMs: minutes * 60_000 },
    onProgress: ({ principal, counts }) =>
      progress.show(`${principal.id}: ${countOf(counts.files, 'file')}, ${countOf(counts.written, 'event')}`),
    signal,
  });
  progress.end();
  const { done, budgetSpent, held, counts, lag } = result;
  if (given.has('json')) await out.json(result);
  else {
    const { written, repeated, files, gaps } = counts;
    const behind = lag.ms === undefined ? '' : `, ${countOf(Math.round(lag.ms / 60_000), 'minute')} behind`;
    const twice = repeated === 0 ? '' : ` (${countOf(repeated, 'more')} were there)`;
    await out.print(`${countOf(written, 'event')} written${twice}, ${countOf(files, 'file')}${behind}.`);
    for (const { id } of held) await out.print(`Another process exports ${id}: nothing was read of it.`);
    if (gaps > 0) await out.print(`${countOf(gaps, 'file')} left out; a later start tries again.`);
    if (budgetSpent) await out.print('The time was up. Start it again to go on.');
  }
  return log.exitCode === 2 ? 2 : done ? 0 : 1;
}
