import { expect, test } from 'vitest';
import { readServerFailure } from '../../src/transport/response-failure.js';
import { cpuMs } from '../support/cpu-ms.js';

const scimSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

test.each([
  [
    'SCIM',
    { schemas: [scimSchema], status: '409', scimType: 'uniqueness', detail: 'Taken' },
    { bodyKind: 'scim', message: 'Taken', scimType: 'uniqueness' },
  ],
  [
    'SCIM, status as a number, unknown scimType',
    { schemas: [scimSchema], status: 400, scimType: 'odd', detail: 'No' },
    { bodyKind: 'scim', message: 'No', scimType: 'odd' },
  ],
  [
    'SCIM, detail as a list',
    { schemas: [scimSchema], status: '400', detail: ['One', 'Two', 3] },
    { bodyKind: 'scim', message: 'One; Two' },
  ],
  [
    'SCIM, with a message beside the detail',
    { schemas: [scimSchema], status: '400', message: 'Bad Request', detail: 'No such path' },
    { bodyKind: 'scim', message: 'No such path' },
  ],
  ['SCIM, without detail', { schemas: [scimSchema], status: '404' }, { bodyKind: 'scim' }],
  [
    'SCIM, without schemas',
    { scimType: 'noTarget', detail: 'No' },
    { bodyKind: 'scim', message: 'No', scimType: 'noTarget' },
  ],
  [
    'OpenAI',
    { error: { message: 'No', type: 'invalid_request_error', param: null, code: 'invalid_api_key' } },
    { bodyKind: 'openai', message: 'No', code: 'invalid_api_key' },
  ],
  [
    'OpenAI, without code',
    { error: { message: 'No', type: 'invalid_request_error', code: null } },
    { bodyKind: 'openai', message: 'No', code: 'invalid_request_error' },
  ],
  ['OpenAI, a text', { error: 'No such thing here' }, { bodyKind: 'openai', message: 'No such thing here' }],
  [
    'OAuth',
    { error: 'invalid_token', error_description: 'Expired' },
    { bodyKind: 'openai', message: 'Expired', code: 'invalid_token' },
  ],
  [
    'FastAPI',
    {
      detail: [
        { loc: ['query', 'after'], msg: 'Field required', type: 'missing', input: null },
        { loc: ['query', 0], msg: 'Bad' },
      ],
    },
    { bodyKind: 'fastapi', message: 'query.after: Field required; query.0: Bad' },
  ],
  ['a detail', { detail: 'Not found' }, { bodyKind: 'json', message: 'Not found' }],
  [
    'a message with a code',
    { message: 'No', code: 'entity_not_found' },
    { bodyKind: 'json', message: 'No', code: 'entity_not_found' },
  ],
  [
    'a problem (RFC 9457)',
    { type: 'https://x.example/p', title: 'No', status: 400 },
    { bodyKind: 'json', message: 'No' },
  ],
  [
    'SCIM 1.1',
    { Errors: [{ description: 'No such user', code: '404', uri: 'x' }, { description: 'At all' }] },
    { bodyKind: 'scim', message: 'No such user; At all' },
  ],
  [
    'SCIM, wrapped by a gateway',
    { error: { schemas: [scimSchema], status: '409', scimType: 'uniqueness', detail: 'Taken' } },
    { bodyKind: 'scim', message: 'Taken', scimType: 'uniqueness' },
  ],
  [
    'SCIM, wrapped twice',
    { response: { body: { schemas: [scimSchema], status: '400', detail: 'No' } } },
    { bodyKind: 'scim', message: 'No' },
  ],
  [
    'a list of errors',
    { errors: [{ message: 'One', code: 7 }, { message: 'Two' }] },
    { bodyKind: 'json', message: 'One; Two' },
  ],
  ['a fault', { fault: { faultstring: 'Busy', detail: { errorcode: 'x' } } }, { bodyKind: 'json', message: 'Busy' }],
  ['a summary', { errorCode: 'E1', errorSummary: 'No' }, { bodyKind: 'json', message: 'No' }],
  ['other cases', { Error: { Message: 'No' } }, { bodyKind: 'json', message: 'No' }],
  ['an error around an error', { error: { error: { message: 'No' } } }, { bodyKind: 'openai', message: 'No' }],
  ['a list of them', [{ message: 'No' }], { bodyKind: 'json', message: 'No' }],
  ['a text in quotes', 'No such user', { bodyKind: 'text', message: 'No such user' }],
  [
    'what is too deep',
    { error: { error: { error: { error: { error: { message: 'No' } } } } } },
    { bodyKind: 'openai' },
  ],
  ['a list', [1], { bodyKind: 'json' }],
  ['an empty object', {}, { bodyKind: 'json' }],
])('reads %s', (_, body, expected) => {
  expect(readServerFailure(JSON.stringify(body))).toEqual(expected);
});

test.each([
  ['', { bodyKind: 'empty' }],
  [' \r\n', { bodyKind: 'empty' }],
  ['Bad Gateway', { bodyKind: 'text', message: 'Bad Gateway' }],
  ['<!DOCTYPE html><html><body>Sign in</body></html>', { bodyKind: 'html' }],
  ['\n<html lang="en">', { bodyKind: 'html' }],
  [
    '<?xml version="1.0"?><Error><Code>Expired</Code></Error>',
    { bodyKind: 'text', message: expect.stringMatching(/^\s+Expired\s+$/), code: 'Expired' },
  ],
])('reads %j', (text, expected) => {
  expect(readServerFailure(text)).toEqual(expected);
});

test.each([
  ['<!-- proxy 1.0 --><html><body>Signed in as Jane Doe</body></html>', null],
  ['<?xml version="1.0"?>\n<!DOCTYPE html><html><body>Jane Doe</body></html>', null],
  ['<div>Signed in as Jane Doe</div>', 'text/html; charset=utf-8'],
  ['Signed in as Jane Doe', 'TEXT/HTML'],
])('takes %j (%s) for a page', (text, contentType) => {
  expect(readServerFailure(text, contentType)).toEqual({ bodyKind: 'html' });
});

test('reads JSON as JSON, also where it is called a page', () => {
  expect(readServerFailure('{"detail":"No"}', 'text/html')).toEqual({ bodyKind: 'json', message: 'No' });
});

test('leaves out a scimType or a code that is prose, and names of places that are none', () => {
  expect(readServerFailure(JSON.stringify({ scimType: 'jane doe is bad', error: 'jane.doe', detail: 'No' }))).toEqual({
    bodyKind: 'scim',
    message: 'No',
  });
  expect(readServerFailure(JSON.stringify({ detail: [{ loc: ['body', 'Jane Doe', 0], msg: 'Bad' }] }))).toEqual({
    bodyKind: 'fastapi',
    message: 'body.[…].0: Bad',
  });
});

test.each([
  '{"detail":[{"loc":[{"toString":1}],"msg":{"toString":1}}],"schemas":[{"toString":1}],"scimType":{},"error":{"message":{},"code":7}}',
  '{"error":[],"detail":{},"message":[],"schemas":"x"}',
  '{"__proto__":{"message":"x"},"error":null}',
])('does not stumble over %s', (text) => {
  expect(() => readServerFailure(text)).not.toThrow();
});

test('takes no longer for 10 MB of angle brackets', () => {
  const startMs = cpuMs();
  readServerFailure(`x${'<'.repeat(10_000_000)}`);
  expect(cpuMs() - startMs).toBeLessThan(2_000);
});
