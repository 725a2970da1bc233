import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';

const person = {
  userName: 'agatha.quill@secret-person.example',
  displayName: 'Agatha Quill',
  externalId: 'hr-secret-4711',
  emails: [{ value: 'agatha@elsewhere.example', primary: true }],
};
const members = Array.from({ length: 120 }, (_, index) => `member-secret-${index}`);

/** What no output may hold: credentials, people, and the ids of people and groups. Of a workspace an error names the id. */
function secretsOf(): string[] {
  const emulator = createEmulator();
  const { scimToken = '', complianceApiKey = '' } = emulator.connectionConfig();
  const { users, groups } = emulator.store;
  return [
    String(scimToken),
    String(complianceApiKey),
    'secret',
    'Agatha',
    'elsewhere.example',
    ...users.list().flatMap(({ id, userName }) => [id, String(userName)]),
    ...groups.list().map(({ id }) => id),
  ];
}

let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram('uncaught-child', new URL('./support/', import.meta.url));
});
afterAll(() => rm(program.directory, { recursive: true, force: true }));

function run(failure: string, how: string): Promise<{ readonly code: unknown; readonly output: string }> {
  const args = [program.script, failure, how, JSON.stringify({ person, members })];
  return new Promise((resolve) =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ code: error?.code, output: stdout + stderr }),
    ),
  );
}

test.each([
  'ScimError',
  'ScimError, members',
  'ConnectionError',
  'NaturalKeyConflictError',
  'WriteNotConfirmedError',
  'ResponseError',
  'AuditLogFileError',
  'ConfigError',
])('a process that ends by an uncaught %s prints nobody, and no secret', async (failure) => {
  const secrets = secretsOf();
  // At once: a process takes long to start.
  const ways = ['thrown', 'rejected', 'wrapped'].map(async (how) => ({ how, ...(await run(failure, how)) }));
  for (const { how, code, output } of await Promise.all(ways)) {
    expect([how, code, output]).toEqual([how, 1, expect.stringContaining(failure.replace(/,.*/, ''))]);
    expect(
      secrets.filter((secret) => output.includes(secret)),
      how,
    ).toEqual([]);
  }
});
