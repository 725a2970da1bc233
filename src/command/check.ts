import { type CheckCode, type CheckReport, connect, formatCheckReport } from '../index.js';
import type { Call, Command, ExitCode } from './command.js';
import { connectionOptions, connectOptions, readForm } from './connection.js';

/** Finds out whether a connection is right. */
export const check: Command = {
  name: 'check',
  summary: 'Find out whether the form is right, and what to do where it is not',
  options: {
    types: { value: 'TYPES', help: 'Event types to ask for, with commas, or `all` (default: the usual three).' },
    admin: { help: 'Treat what an Admin key may not read as wrong, and a key that is none too.' },
    strict: { help: 'End with 1 after warnings too.' },
    json: { help: 'Print the report as one JSON object.' },
    ...connectionOptions,
  },
  details: ['Asks each service for next to nothing, and writes nothing. The report holds no secret and names nobody.'],
  exits: { 0: 'everything that was tried works', 1: 'something needs attention: the report says what to do' },
  run: checkForm,
};

async function checkForm(call: Call): Promise<ExitCode> {
  const { given, out, progress, signal } = call;
  // The report tells of the checkboxes; nothing is written without a probe user, and none is named.
  const config = await readForm(call, { require: [], access: true });
  await using connection = connect(config, connectOptions(call));
  progress.show('Checking …');
  const types = given.list('types');
  const report = await connection.check(
    {
      ...(types && { eventTypes: types.join() === 'all' ? 'all' : types }),
      ...(given.has('admin') && { admin: true }),
    },
    { signal },
  );
  progress.end();
  if (given.has('json')) await out.json(report);
  else await out.print(formatCheckReport(report, { color: out.hasColors }));
  return exitCodeOfReport(report, given.has('strict'));
}

/** What says nothing about the form: it may be right, and a later check can tell. */
const saysNothing: readonly CheckCode[] = [
  'server_error',
  'rate_limited',
  'asked_to_wait',
  'no_answer_in_time',
  'dns_failed',
  'connection_refused',
  'tls_failed',
  'proxy_refused',
  'network_failed',
];

function exitCodeOfReport({ verdict, findings }: CheckReport, isStrict: boolean): ExitCode {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => !saysNothing.includes(code))) return 1;
  if (verdict === 'failed') return 2;
  return verdict === 'warning' && isStrict ? 1 : 0;
}
