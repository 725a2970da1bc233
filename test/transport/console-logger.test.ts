import { expect, test } from 'vitest';
import { consoleLogger } from '../../src/transport/console-logger.js';
import type { TransportEvent } from '../../src/transport/options.js';

const facts = { service: 'scim', callId: 7, method: 'GET', route: '/Users', attempt: 1 } as const;
const events: TransportEvent[] = [
  { ...facts, type: 'request' },
  { ...facts, type: 'response', status: 429, errorCode: 'rate_limited', durationMs: 41.4, requestId: 'req_1' },
  { ...facts, type: 'retry', waitMs: 2000, errorCode: 'rate_limited' },
  { ...facts, type: 'cooldown', waitMs: 2000 },
  { ...facts, type: 'throttled', waitMs: 12.2 },
  { ...facts, type: 'response', status: 200, durationMs: 88, attempt: 2 },
  { ...facts, type: 'call', durationMs: 2_140, attempt: 2 },
  { ...facts, type: 'call', durationMs: 12, attempt: 0, errorCode: 'queue_full' },
];

function written(level?: 'warn' | 'debug'): string[] {
  const lines: string[] = [];
  const output = {
    warn: (line: string) => lines.push(`warn: ${line}`),
    debug: (line: string) => lines.push(`debug: ${line}`),
  };
  const log = consoleLogger({ console: output, level });
  for (const event of events) log(event);
  return lines;
}

test('failures, repeats and waits are written, a line each', () => {
  expect(written()).toEqual([
    'warn: scim GET /Users 429 rate_limited (attempt 1, 41 ms, request id req_1)',
    'warn: scim GET /Users is sent again in 2000 ms: rate_limited (attempt 1)',
    'warn: scim GET /Users was asked for patience: no request starts for 2000 ms (attempt 1)',
    'warn: scim GET /Users waited 12 ms for its turn (attempt 1)',
    'warn: scim GET /Users was not sent: queue_full (12 ms)',
  ]);
});

test('every request and answer is, where it is asked for', () => {
  const lines = written('debug');
  expect(lines).toHaveLength(7);
  expect(lines.at(0)).toBe('debug: scim GET /Users sent (attempt 1)');
  expect(lines.at(-2)).toBe('debug: scim GET /Users 200 (attempt 2, 88 ms)');
});

test.each([{ level: 'info' }, { levle: 'debug' }, 'debug'])('what it does not know is refused: %j', (options) => {
  expect(() => consoleLogger(options as never)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test.each([{}, { warn: console.warn }, { warn: 'x', debug: 'y' }, 'console'])(
  'what cannot be written to is refused before there is anything to write: %j',
  (output) => {
    expect(() => consoleLogger({ console: output as never })).toThrow(/^`console(\.\w+)?` must be/);
  },
);
