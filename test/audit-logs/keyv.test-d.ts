import type { Keyv } from 'keyv';
import { expectTypeOf, test } from 'vitest';
import type { AuditLogCheckpoint, CheckpointStore } from '../../src/audit-logs/index.js';

test('a Keyv store keeps checkpoints as it is', () => {
  expectTypeOf<Keyv<AuditLogCheckpoint>>().toExtend<CheckpointStore>();
});
