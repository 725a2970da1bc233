import { describe, expect, test } from 'vitest';
import { adminActionDataSchema } from '../../src/audit-logs/events/audit-admin-actions.js';
import { apiKeyActionDataSchema } from '../../src/audit-logs/events/audit-api-key-actions.js';
import { userActionDataSchema } from '../../src/audit-logs/events/audit-user-actions.js';
import { spreadsheetDetailsSchema } from '../../src/audit-logs/events/chatgpt-plugin-spreadsheet.js';
import { codexDetailsSchema } from '../../src/audit-logs/events/codex-log.js';
import { codexSecurityDetailsSchema } from '../../src/audit-logs/events/codex-security-log.js';
import { agentDetailsSchema } from '../../src/audit-logs/events/custom-agents-log.js';
import { organizationEventTypes, workspaceEventTypes } from '../../src/audit-logs/events/event-types.js';
import { toOcsf } from '../../src/normalize/index.js';
import { measurements, platformRules, topics } from '../../src/normalize/ocsf/topics.js';
import { undescribedActions } from '../../src/testing/events/samples/audit-actions.js';
import { platformTypes } from './support/platform-types.js';
import { allRecords, knownTypes } from './support/records.js';
import { unmappedNames } from './support/unmapped-names.js';

/** The names that the library knows within a type. That the tables have no fewer, the compiler holds too. */
const namesOf: Readonly<Record<string, readonly string[]>> = {
  AUDIT_LOG: [
    ...Object.keys(adminActionDataSchema.shape),
    ...Object.keys(userActionDataSchema.shape),
    ...Object.keys(apiKeyActionDataSchema.shape),
    ...Object.keys(undescribedActions),
  ],
  CODEX_LOG: Object.keys(codexDetailsSchema.shape),
  CODEX_SECURITY_LOG: Object.keys(codexSecurityDetailsSchema.shape),
  CUSTOM_AGENTS_LOG: Object.keys(agentDetailsSchema.shape),
  CHATGPT_PLUGIN_SPREADSHEET: Object.keys(spreadsheetDetailsSchema.shape),
  APP_LOG: ['request', 'response'],
  APP_AUTH_LOG: ['link', 'unlink'],
  CONVERSATION_MESSAGE: ['user', 'assistant'],
};

describe('a name that is new to the library is new to the tables too', () => {
  test.for([...new Set([...workspaceEventTypes, ...organizationEventTypes, ...knownTypes])])('%s', (type) => {
    expect(topics.has(type) ? 'mapped' : unmappedNames[type]).toBe(measurements.has(type) ? 'a measurement' : 'mapped');
  });

  test.for(Object.entries(namesOf))('each name within %s', ([type, names]) => {
    const rules = topics.get(type)?.rules;
    expect(names.filter((name) => !(rules?.has(name) || name in unmappedNames))).toEqual([]);
    expect([...(rules?.keys() ?? [])].filter((name) => !names.includes(name))).toEqual([]);
  });

  test('each type of the audit log of the API Platform', () => {
    expect(platformTypes.length).toBe(149);
    expect(platformTypes.filter((type) => !(platformRules.has(type) || type in unmappedNames))).toEqual([]);
    expect([...platformRules.keys()].filter((type) => !platformTypes.includes(type))).toEqual([]);
  });
});

test('no record of a known kind becomes what an unknown one does', () => {
  const unknown = allRecords.filter((record) =>
    toOcsf(record).some(({ type_uid, metadata }) => type_uid === 600399 && metadata.event_code === undefined),
  );
  expect(new Set(unknown.map(({ type }) => type))).toEqual(new Set(['CODEX_TURN']));
});
