import { expect, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { ConnectionError, ResponseError } from '../../src/errors/response-errors.js';
import type { HttpMethod } from '../../src/transport/options.js';
import { isRetryableStatus, waitBeforeRetry } from '../../src/transport/retry.js';

const answered = (status: number, retryAfterMs?: number) =>
  new ResponseError('server_error', 'x', {
    method: 'GET',
    route: '/x',
    status,
    attempts: 1,
    retryable: isRetryableStatus(status),
    retryAfterMs,
  });
const unanswered = (
  delivery: 'not_sent' | 'unknown',
  code: 'network_error' | 'timeout' | 'response_cut' | 'response_too_large' = 'network_error',
) => new ConnectionError(code, 'x', { method: 'GET', route: '/x', attempts: 1, delivery });
const wait = (
  failure: unknown,
  method: HttpMethod,
  more: { safeToRepeat?: boolean; attempt?: number; random?: number } = {},
) => waitBeforeRetry(failure, { method, safeToRepeat: more.safeToRepeat }, more.attempt ?? 1, () => more.random ?? 0.5);

const statuses = [400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 422, 425, 428, 429];
const gatewayStatuses = [502, 503, 504, 507, 508, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599];
statuses.push(500, 501, 505, 510, 511, 600, ...gatewayStatuses);
const repeated = [408, 425, 429, 500, ...gatewayStatuses];

test.each(['GET', 'PUT', 'DELETE'] as const)(
  '%s is repeated after exactly the statuses that can pass by themselves',
  (method) => {
    expect(statuses.filter((status) => wait(answered(status), method) !== undefined)).toEqual(repeated);
  },
);

test.each(['POST', 'PATCH'] as const)('%s is repeated only where the server certainly did not act', (method) => {
  expect(statuses.filter((status) => wait(answered(status), method) !== undefined)).toEqual([429]);
  expect(statuses.filter((status) => wait(answered(status, 1_000), method) !== undefined)).toEqual([429]);
  expect(wait(unanswered('not_sent'), method)).toBe(250);
  expect(wait(unanswered('unknown'), method)).toBeUndefined();
  expect(wait(unanswered('unknown', 'timeout'), method)).toBeUndefined();
});

test('a POST of several writes is repeated only where it was not sent: a 429 may be that of one of them', () => {
  const request = { method: 'POST', isSeveralWrites: true } as const;
  expect(waitBeforeRetry(answered(429, 1_000), request, 1, () => 0.5)).toBeUndefined();
  expect(waitBeforeRetry(unanswered('not_sent'), request, 1, () => 0.5)).toBe(250);
});

test.each(['POST', 'PATCH'] as const)('%s is repeated like a read when the caller says that this is safe', (method) => {
  expect(statuses.filter((status) => wait(answered(status), method, { safeToRepeat: true }) !== undefined)).toEqual(
    repeated,
  );
  expect(wait(unanswered('unknown'), method, { safeToRepeat: true })).toBe(250);
});

test('a read is repeated after any network fault, a timeout and a cut answer, not after one that is too large', () => {
  for (const code of ['network_error', 'timeout', 'response_cut'] as const)
    expect(wait(unanswered('unknown', code), 'GET')).toBe(250);
  expect(wait(unanswered('unknown', 'response_too_large'), 'GET')).toBeUndefined();
});

test('nothing else is repeated: a refusal, an abort, a fault of the program', () => {
  for (const failure of [
    new InputError('x'),
    new DOMException('x', 'AbortError'),
    new TypeError('fetch failed'),
    'x',
    undefined,
  ]) {
    expect(wait(failure, 'GET')).toBeUndefined();
  }
});

test('backs off by doubling up to a ceiling, with full jitter', () => {
  const waits = (random: number) =>
    [1, 2, 3, 4, 5, 6, 40].map((attempt) => wait(answered(500), 'GET', { attempt, random }));
  expect(waits(0)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(waits(0.999_999_9)).toEqual([499, 999, 1_999, 3_999, 7_999, 7_999, 7_999]);
});

test('waits as long as the server says, up to a minute, and never less than the back-off', () => {
  expect(wait(answered(429, 7_000), 'GET')).toBe(7_000);
  expect(wait(answered(429, 0), 'GET')).toBe(250);
  expect(wait(answered(503, 0), 'GET', { attempt: 3 })).toBe(1_000);
  expect(wait(answered(429, 86_400_000), 'GET')).toBe(60_000);
});
