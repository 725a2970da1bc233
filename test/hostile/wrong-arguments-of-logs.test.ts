import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { createFileCheckpointStore } from '../../src/audit-logs/index.js';
import { publicFunctions } from '../end-to-end/support/public-functions.js';
import { testFunctions } from './support/attempts.js';
import { logCases } from './support/cases-of-methods.js';
import { openConnection } from './support/open-connection.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wrong-arguments-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('whatever a method of a connection or its logs is given, it answers or says what is wrong, and sends nothing wrong', () => {
  testFunctions(logCases, () => {
    const { connection, requests } = openConnection();
    const logs = connection.auditLogs;
    const query = { eventTypes: ['AUTH_LOG'] } as const;
    const roots = {
      connection,
      logs,
      files: logs.files(query),
      events: logs.events(query),
      batches: logs.batches(query),
      store: createFileCheckpointStore(directory ?? '.'),
    };
    // Those of arrays are not ours.
    const functions = Object.entries(roots)
      .flatMap(([name, root]) => publicFunctions(root, name))
      .filter(({ path }) => !/^connection\.(scim|auditLogs)\.|^logs\.principals\./.test(path));
    return { functions, requests };
  });
});
