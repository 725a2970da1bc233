import { expect, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import { ResponseError } from '../../src/errors/response-errors.js';
import { SdkError } from '../../src/errors/sdk-error.js';

const facts = { method: 'GET', route: '/Users', status: 503, attempts: 2, retryable: true };

test('JSON of an error holds its facts and not what is hidden', () => {
  const error = new ResponseError('server_error', 'It failed.', {
    ...facts,
    body: 'jane',
    requestId: 'req_1',
    cause: new Error('x'),
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ResponseError',
    message: 'It failed.',
    code: 'server_error',
    requestId: 'req_1',
    ...facts,
  });
});

test('facts that are not known are absent', () => {
  const error = new ResponseError('server_error', 'It failed.', { ...facts, requestId: undefined });
  expect(Object.keys(error)).not.toContain('requestId');
  expect(Object.keys(error)).not.toContain('remedy');
  expect('cause' in error).toBe(false);
});

test('an error is recognised by instance, and by its brand where it comes from another copy of the package', () => {
  const error = new InputError('x');
  expect(error instanceof SdkError && error instanceof Error).toBe(true);
  const fromAnotherCopy = Object.assign(new Error('x'), { [Symbol.for('chatgpt-enterprise-sdk.error')]: true });
  expect([error, fromAnotherCopy].map(isSdkError)).toEqual([true, true]);
  expect([new Error('x'), null, undefined, 'x', {}].map(isSdkError)).toEqual([false, false, false, false, false]);
});
