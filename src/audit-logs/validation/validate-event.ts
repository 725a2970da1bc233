import * as z from 'zod/mini';
import type { KnownEventType } from '../schemas/event-types.js';
import { unknownEventSchema } from '../schemas/unknown-event.js';
import { type EventSchema, eventSchemas } from './event-schemas.js';
import type { EventIssue, EventValidator } from './event-validator.js';

/**
 * Checks a record against everything that is documented about its type. Takes longer than reading the record, so it is
 * made on request; records of unknown types are checked for the envelope.
 */
export const validateEvent: EventValidator = (record) => {
  const { type } = record;
  const known = typeof type === 'string' && Object.hasOwn(eventSchemas, type);
  const schema: EventSchema = known ? eventSchemas[type as KnownEventType] : { record: unknownEventSchema };
  const issues = [...issuesOf(schema.record, record, [])];
  if (schema.part !== undefined) {
    const { key, dependsOn, schemas } = schema.part;
    const name = record[dependsOn];
    const part = typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (part !== undefined && isObject(record[key])) issues.push(...issuesOf(part, record[key], [key]));
  }
  return issues.length === 0 ? undefined : issues;
};

function issuesOf(schema: z.ZodMiniType, value: unknown, path: readonly string[]): readonly EventIssue[] {
  const result = z.safeParse(schema, value);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    path: [...path, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    message: issue.code === 'invalid_type' ? `expected ${issue.expected}` : issue.message,
  }));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
