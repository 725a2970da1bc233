// Compares the types of events and log files with an OpenAPI document of OpenAI's Admin and Compliance API:
//   node scripts/check-openapi-events.ts path/to/openapi.json
// Says which documented names and fields the schemas do not declare, and which documented records they object to.
import './resolve-sources.ts';
import { readFileSync } from 'node:fs';
import { undeclaredFields } from './openapi-events/declared-fields.ts';
import {
  type DocumentedEvent,
  documentedEvents,
  type OpenApiDocument,
  sampleEvents,
} from './openapi-events/documented-events.ts';
import { instancesOf } from './openapi-events/instances.ts';
import { schemaInstances } from './openapi-events/json-schema-instances.ts';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Usage: node scripts/check-openapi-events.ts path/to/openapi.json');
const document = JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;

// Not static: only from here on are imports in src led to their sources.
const { eventSchemas } = await import('../src/audit-logs/documented-shape.ts');
const { documentedShape } = await import('../src/audit-logs/documented-shape.ts');
const { logFilePageSchema, logFileSchema } = await import('../src/audit-logs/files/log-file.ts');

const user = { type: 'ACCOUNT_USER', user_id: 'user-1', user_email: 'a@example.org' };
const envelopes = [user, { ...user, credential_id: 'c-1' }, { type: 'API_KEY', redacted_id: 'sk-...abcd' }].map(
  (actor) => ({
    event_id: 'e-1',
    timestamp: '2026-01-01T00:00:00.000001Z',
    principal: { id: 'p-1', type: 'CHATGPT_WORKSPACE' },
    actor,
  }),
);

const findings: string[] = [];
const rows: Record<string, Record<string, number>> = {};

for (const event of documentedEvents(document)) {
  const schema = Object.entries(eventSchemas).find(([type]) => type === event.type)?.[1];
  if (schema === undefined) {
    findings.push(`${event.type}: not known`);
    continue;
  }
  const parts = [...(event.part?.byName ?? [])];
  const undeclared = undeclaredFields(schema.record, event.fields);
  for (const [name, fields] of parts) {
    const part = schema.part?.schemas[name];
    findings.push(
      ...(part === undefined
        ? [`${event.type} ${name}: not known`]
        : undeclaredFields(
            part,
            fields.filter(({ name }) => name !== 'detail_type'),
          ).map((field) => `${event.type} ${name}.${field}: not declared`)),
    );
  }
  findings.push(...undeclared.map((field) => `${event.type}.${field}: not declared`));
  const samples = sampleEvents(document).filter(({ type }) => type === event.type);
  const records = recordsOf(event);
  check(event.type, [...samples, ...records]);
  rows[event.type] = {
    samples: samples.length,
    names: parts.length,
    fields: countFields(event),
    records: records.length,
  };
}

for (const [name, schema] of [
  ['ComplianceLogFileMetadata', logFileSchema],
  ['ComplianceLogFileList', logFilePageSchema],
] as const) {
  const instances = schemaInstances(name, document.components.schemas);
  for (const instance of instances) {
    const result = schema.safeParse(instance);
    if (!result.success) findings.push(`${name}: ${result.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  }
  rows[name] = { records: instances.length };
}

console.table(rows);
console.log(
  findings.length === 0
    ? 'Every documented name and field is declared; no record raises an issue.'
    : findings.join('\n'),
);
process.exitCode = findings.length === 0 ? 0 : 1;

/** The event in every documented variation, in an envelope of each kind of actor. */
function recordsOf({ type, fields, part }: DocumentedEvent): readonly Record<string, unknown>[] {
  const base = fields.filter(({ name }) => !['type', 'principal', 'actor', part?.key, part?.dependsOn].includes(name));
  const parts =
    part === undefined
      ? [{}]
      : [...part.byName].flatMap(([name, inner]) =>
          instancesOf(inner).map((value) => ({ [part.dependsOn]: name, [part.key]: value })),
        );
  const [full, ...others] = instancesOf(base);
  return [
    ...parts.map((value) => ({ ...full, ...value })),
    ...others.map((value) => ({ ...value, ...parts[0] })),
  ].flatMap((record) => envelopes.map((envelope) => ({ ...envelope, type, ...record })));
}

function check(type: string, records: readonly Record<string, unknown>[]): void {
  const seen = new Set<string>();
  for (const record of records) {
    for (const { path, message } of documentedShape(record) ?? [])
      seen.add(`${type} ${String(record.action ?? record.event_type ?? '')} ${path.join('.')}: ${message}`);
  }
  findings.push(...seen);
}

function countFields({ fields, part }: DocumentedEvent): number {
  const count = (list: DocumentedEvent['fields']): number =>
    list.reduce((sum, { below, name }) => sum + (name === '' ? 0 : 1) + count(below), 0);
  return count(fields) + [...(part?.byName.values() ?? [])].reduce((sum, list) => sum + count(list), 0);
}
