import { expect, test } from 'vitest';
import { eventSchemas } from '../../../src/audit-logs/documented-shape.js';
import { organizationOnlyEventTypes, workspaceOnlyEventTypes } from '../../../src/audit-logs/events/event-types.js';

test('no type is refused by both routes, and all that are refused are known', () => {
  const refused = [...workspaceOnlyEventTypes, ...organizationOnlyEventTypes];
  expect(new Set(refused).size).toBe(refused.length);
  expect(Object.keys(eventSchemas)).toEqual(expect.arrayContaining(refused));
});

test('types that both routes have are refused by none', () => {
  const refused: readonly string[] = [...workspaceOnlyEventTypes, ...organizationOnlyEventTypes];
  expect(refused).not.toContain('APP_LOG');
  expect(refused).not.toContain('APP_AUTH_LOG');
});
