import type { DocumentedEvent } from '../openapi-events/documented-events.ts';

const envelope = ['event_id', 'type', 'timestamp', 'principal', 'actor'];

/** The name of the event's part, where the document has no such name: the service has newer ones. */
export function undocumentedName(
  event: Readonly<Record<string, unknown>>,
  { part }: DocumentedEvent,
): string | undefined {
  const name = part === undefined ? undefined : String(event[part.dependsOn]);
  return name === undefined || part?.byName.has(name) ? undefined : name;
}

/** Fields of a made-up event that the document does not name. */
export function eventProblems(event: Readonly<Record<string, unknown>>, documented: DocumentedEvent): string[] {
  const { type, fields, part } = documented;
  const own = fields.map(({ name }) => name);
  const extra = Object.keys(event).filter((name) => !envelope.includes(name) && !own.includes(name));
  const problems = extra.map((name) => `${type}.${name}: not documented`);
  if (part === undefined) return problems;
  const name = String(event[part.dependsOn]);
  const inner = part.byName.get(name);
  if (inner === undefined) return problems;
  const known = new Set(['detail_type', ...inner.map((field) => field.name)]);
  const details = Object.keys((event[part.key] ?? {}) as object);
  return [
    ...problems,
    ...details.filter((key) => !known.has(key)).map((key) => `${type} ${name}.${key}: not documented`),
  ];
}
