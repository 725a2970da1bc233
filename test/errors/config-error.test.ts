import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { ConfigError } from '../../src/errors/input-errors.js';

const error = new ConfigError([
  { code: 'missing_scim_token', path: ['scimToken'], message: 'The SCIM token is missing.', remedy: 'Copy it.' },
  {
    code: 'workspace_name',
    path: ['workspaceIds', 1],
    message: 'Entry 2 is a name, not an ID.',
    remedy: 'Copy the ID.',
  },
  { code: 'empty_connection', path: [], message: 'Nothing is filled in.', remedy: 'Copy it.' },
]);

it('says every problem in one message, each with its field, and each remedy once', () => {
  expect(error.message).toBe(
    'The connection cannot be opened. scimToken: The SCIM token is missing. ' +
      'workspaceIds: Entry 2 is a name, not an ID. Nothing is filled in.',
  );
  expect(error.remedy).toBe('scimToken: Copy it. workspaceIds, entry 2: Copy the ID.');
  expect(error.code).toBe('invalid_config');
});

it('shows its issues wherever it is printed', () => {
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: 'ConfigError', issues: error.issues });
  expect(inspect(error, { depth: 5 })).toContain("code: 'workspace_name'");
});
