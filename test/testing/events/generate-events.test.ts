import { expect, test } from 'vitest';
import { documentedShape, eventSchemas } from '../../../src/audit-logs/documented-shape.js';
import type { KnownEventType } from '../../../src/audit-logs/events/event-types.js';
import { generateEvents, generateEveryKind } from '../../../src/testing/events/generate-events.js';

const types = Object.keys(eventSchemas) as KnownEventType[];
const ownerOf = (eventType: KnownEventType) =>
  eventType === 'COSTS'
    ? ({ type: 'organization', id: 'org-Northwind' } as const)
    : ({ type: 'workspace', id: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' } as const);
const day = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' };

test.each(types)('every kind of %s is as the schema has it, and each kind is there', (eventType) => {
  const events = [...generateEveryKind({ owner: ownerOf(eventType), eventType, at: day.from })];
  for (const event of events) expect(documentedShape(event)).toBeUndefined();
  const schema = eventSchemas[eventType];
  if (schema.part !== undefined) {
    const { dependsOn, schemas } = schema.part;
    const names = new Set(events.map((event) => (event as Record<string, unknown>)[dependsOn]));
    expect(Object.keys(schemas).filter((name) => !names.has(name))).toEqual([]);
  }
});

test.each(types)('%s comes in the number asked for, in order, in time, each with an id of its own', (eventType) => {
  const events = [...generateEvents({ owner: ownerOf(eventType), eventType, count: 101, ...day })];
  expect(events).toHaveLength(101);
  expect(new Set(events.map((event) => event.event_id)).size).toBe(101);
  for (const { timestamp, type } of events) {
    expect(type).toBe(eventType);
    expect(timestamp >= day.from).toBe(true);
  }
});

test('the same options give the same events, another seed gives others', () => {
  const make = (seed: number) => [
    ...generateEvents({ owner: ownerOf('AUTH_LOG'), eventType: 'AUTH_LOG', count: 20, seed, ...day }),
  ];
  expect(make(1)).toEqual(make(1));
  expect(make(1)).not.toEqual(make(2));
});

test('refuses a time that is none', () => {
  const events = generateEvents({
    owner: ownerOf('AUTH_LOG'),
    eventType: 'AUTH_LOG',
    count: 1,
    from: 'today',
    to: day.to,
  });
  expect(() => [...events]).toThrow('ISO 8601');
});
