import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { type AuditLogCheckpoint, AuditLogClient, createFileCheckpointStore } from '../../../src/audit-logs/index.js';

// Exports a log into a file until it is done or killed: `node crash-child.mjs <base URL> <directory> <mode>`.
const [baseUrl = '', directory = '', mode = ''] = process.argv.slice(2);
const output = `${directory}/output.jsonl`;
const store = createFileCheckpointStore(`${directory}/checkpoints`);

/** The checkpoint in the last whole line; a line that a crash has cut is taken away. */
function lastInOutput(): AuditLogCheckpoint | undefined {
  if (!existsSync(output)) return undefined;
  const text = readFileSync(output, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  truncateSync(output, Buffer.byteLength(whole));
  const last = whole.trimEnd().split('\n').at(-1) ?? '';
  return last === '' ? undefined : (JSON.parse(last) as { checkpoint: AuditLogCheckpoint }).checkpoint;
}

const client = new AuditLogClient({
  apiKey: 'sk-admin-1',
  workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
  baseUrl,
  rateLimit: false,
  dangerouslyAllowHttpLoopback: true,
});
const resumeFrom = mode === 'together' ? lastInOutput() : await store.get('export');
const batches = client.batches({ eventTypes: ['AUTH_LOG'], batchSize: 3, resumeFrom });

for await (const { events, checkpoint } of batches) {
  const ids = events.map(({ event_id: id }) => id);
  if (mode === 'together') {
    appendFileSync(output, `${JSON.stringify({ ids, checkpoint })}\n`);
  } else {
    appendFileSync(output, `${JSON.stringify({ ids })}\n`);
    await store.set('export', checkpoint);
  }
  process.stdout.write('.');
}
process.stdout.write('done\n');
