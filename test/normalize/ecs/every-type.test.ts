import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { eventSchemas } from '../../../src/audit-logs/documented-shape.js';
import { organizationEventTypes, workspaceEventTypes } from '../../../src/audit-logs/events/event-types.js';
import { agentTypes } from '../../../src/normalize/ecs/agents.js';
import { auditTypes } from '../../../src/normalize/ecs/audit-types.js';
import { authActions } from '../../../src/normalize/ecs/auth.js';
import { codexSecurityTypes, codexTypes } from '../../../src/normalize/ecs/codex.js';
import { toEcs } from '../../../src/normalize/ecs/to-ecs.js';
import { findEcsFaults } from './support/check-ecs.js';
import { eventOf, platformRecord } from './support/records.js';

/** These are mapped by their envelope alone: what else they hold stands under the name of their stream. */
const unmapped: readonly string[] = [];

/** ECS has no category for what is written, and Elastic gives it none. */
const withoutCategory = ['CONVERSATION_MESSAGE'];

test.each([...new Set([...workspaceEventTypes, ...organizationEventTypes])])('%s is mapped', (type) => {
  const { event } = toEcs(eventOf(type, {}));
  expect(event.dataset).toBe(`openai_chatgpt_enterprise.${type.toLowerCase()}`);
  const isMapped = event.kind === 'metric' || event.category !== undefined || withoutCategory.includes(type);
  expect(isMapped).toBe(!unmapped.includes(type));
});

test.each([
  ['AUDIT_LOG', auditTypes],
  ['CODEX_LOG', codexTypes],
  ['CODEX_SECURITY_LOG', codexSecurityTypes],
  ['CUSTOM_AGENTS_LOG', agentTypes],
] as const)('every name of %s that is known has its types', (type, table) => {
  // With those of which nobody has published the data, the compiler sees to it.
  const described = Object.keys(eventSchemas[type].part?.schemas ?? {});
  expect(described.length).toBeGreaterThan(3);
  expect(described.filter((name) => !Object.hasOwn(table, name))).toEqual([]);
  for (const name of Object.keys(table)) {
    const fields = type === 'AUDIT_LOG' ? { action: name } : { event_type: name };
    const document = toEcs(eventOf(type, fields));
    expect({ name, faults: findEcsFaults(document) }).toEqual({ name, faults: [] });
    expect(document.event.action).toBe(name.toLowerCase());
  }
});

test('every action of AUTH_LOG has its outcome', () => {
  for (const action of Object.keys(authActions)) {
    const document = toEcs(eventOf('AUTH_LOG', { action_data: { action } }));
    expect(findEcsFaults(document)).toEqual([]);
    expect(document.event.outcome).toBe(authActions[action as keyof typeof authActions].outcome);
  }
});

test('every type of the API Platform’s log that OpenAI’s own client names has a category', () => {
  const client = resolve(import.meta.dirname, '../../../node_modules/openai');
  const declared = readFileSync(join(client, 'resources/admin/organization/audit-logs.d.ts'), 'utf8');
  const [, union = ''] = /\n {4}type: ('api_key\.created'[^;]*);/.exec(declared) ?? [];
  const types = [...union.matchAll(/'([a-z_.]+)'/g)].map(([, type = '']) => type);
  expect(types.length).toBeGreaterThan(140);
  const documents = types.map((type) => toEcs({ ...platformRecord, type, [type]: { id: 'x-1' } }));
  expect(documents.flatMap(findEcsFaults)).toEqual([]);
  expect(documents.filter(({ event }) => event.category === undefined).map(({ event }) => event.action)).toEqual([]);
});

test('a type that nobody knows has none, and is told all the same', () => {
  const { event, openai_chatgpt_enterprise: vendor } = toEcs(eventOf('NEW_LOG', { seats: 3, action: 'SEAT_SOLD' }));
  expect(event).toEqual({
    kind: 'event',
    module: 'openai_chatgpt_enterprise',
    dataset: 'openai_chatgpt_enterprise.new_log',
    id: 'a3c5',
    action: 'seat_sold',
  });
  expect(vendor.new_log).toMatchObject({ seats: 3, action: 'SEAT_SOLD' });
  expect(toEcs({ ...platformRecord, type: 'moon.landed' }).event).not.toHaveProperty('category');
});
