import { expect, test } from 'vitest';
import { AuditLogFileError } from '../../src/audit-logs/errors.js';
import { toLogFile, workspace } from './support/fake-log-source.js';

test.each(['se_canaryQ7xWv2ZkP9mTb4', 'Mira', 'mira@north.example', ''])(
  'an error prints the type of a file only where it is like one, not %j',
  (eventType) => {
    const errorOf = (event_type: string) => {
      const file = { ...toLogFile({ id: 'a', endsAt: 1, events: [] }), event_type, principal: workspace };
      return new AuditLogFileError('invalid_row', { file, attempts: 1 });
    };
    expect(errorOf('AUTH_LOG').message).toContain('A file of AUTH_LOG was not read');
    expect(errorOf(eventType)).toMatchObject({
      eventType: 'another type',
      message: expect.stringContaining('A file of another type was not read'),
    });
  },
);
