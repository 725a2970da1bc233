import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ResponseError } from '../../src/errors/response-errors.js';
import { ScimError } from '../../src/errors/scim-errors.js';
import { type FailedResponse, responseToError } from '../../src/transport/response-failure.js';

const scimSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

function fail(facts: Partial<FailedResponse> & { body?: unknown }) {
  const { body, ...given } = facts;
  return responseToError({
    service: 'scim',
    method: 'GET',
    route: '/Users/{id}',
    url: 'https://scim.example.com/v2/Users/1',
    status: 400,
    headers: new Headers(),
    text: body === undefined ? '' : JSON.stringify(body),
    attempts: 1,
    requestId: undefined,
    retryAfterMs: undefined,
    known: [],
    ...given,
  });
}

test('names each status by what it means to the caller', () => {
  const statuses = [
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 412, 413, 415, 422, 425, 428, 429, 500, 501, 502, 503, 504, 599,
    304, 600,
  ];
  expect(Object.fromEntries(statuses.map((status) => [status, fail({ status }).code]))).toMatchInlineSnapshot(`
    {
      "304": "unexpected_status",
      "400": "bad_request",
      "401": "unauthorized",
      "402": "unexpected_status",
      "403": "forbidden",
      "404": "not_found",
      "405": "method_not_allowed",
      "406": "unexpected_status",
      "408": "unexpected_status",
      "409": "conflict",
      "410": "gone",
      "412": "precondition_failed",
      "413": "payload_too_large",
      "415": "unexpected_status",
      "422": "unprocessable",
      "425": "unexpected_status",
      "428": "precondition_required",
      "429": "rate_limited",
      "500": "server_error",
      "501": "not_implemented",
      "502": "server_error",
      "503": "server_error",
      "504": "server_error",
      "599": "server_error",
      "600": "unexpected_status",
    }
  `);
});

test('the messages read like this', () => {
  const messages = [
    fail({ status: 404, body: { schemas: [scimSchema], status: '404', detail: 'User "jdoe" not found' } }),
    fail({
      status: 409,
      body: { schemas: [scimSchema], status: 409, scimType: 'uniqueness', detail: 'jane@d.example is taken' },
    }),
    fail({
      status: 400,
      body: { schemas: [scimSchema], status: '400', scimType: 'invalidFilter', detail: ['Bad', 'filter'] },
    }),
    fail({ status: 400, body: { scimType: 'jane@d.example', detail: 'x' } }),
    fail({ status: 502, text: '<!doctype html><h1>Hello Jane</h1>' }),
    fail({ status: 503, text: 'upstream\nconnect error' }),
    fail({ status: 500 }),
    fail({
      service: 'compliance',
      status: 401,
      body: { error: { message: 'Incorrect API key provided: sk-ab***yz', code: 'invalid_api_key' } },
    }),
    fail({
      service: 'compliance',
      status: 422,
      body: { detail: [{ loc: ['query', 'after'], msg: 'Field required', type: 'missing' }] },
    }),
    fail({ status: 302, headers: new Headers({ location: 'https://login.example.org/sign-in?user=jane' }) }),
    fail({ status: 307, headers: new Headers({ location: '/elsewhere' }) }),
    fail({ status: 308, headers: new Headers({ location: 'http://[' }) }),
    fail({ status: 0 }),
    fail({ status: 418, body: { message: 'teapot' } }),
  ].map(({ message, remedy }) => ({ message, remedy }));
  expect(messages).toMatchInlineSnapshot(`
    [
      {
        "message": "GET /Users/{id} failed: 404 not_found.",
        "remedy": "Check that the base URL is correct and that what was requested still exists.",
      },
      {
        "message": "GET /Users/{id} failed: 409 uniqueness.",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
      {
        "message": "GET /Users/{id} failed: 400 bad_request (invalidFilter).",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
      {
        "message": "GET /Users/{id} failed: 400 bad_request.",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
      {
        "message": "GET /Users/{id} failed: 502 server_error. The answer is an HTML page, perhaps from a proxy or a sign-in page.",
        "remedy": "The service is down or overloaded. Try again later.",
      },
      {
        "message": "GET /Users/{id} failed: 503 server_error.",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
      {
        "message": "GET /Users/{id} failed: 500 server_error.",
        "remedy": "The service is down or overloaded. Try again later.",
      },
      {
        "message": "GET /Users/{id} failed: 401 unauthorized (invalid_api_key).",
        "remedy": "The credential was not accepted: it is mistyped, expired or revoked. Enter a new one in the settings.",
      },
      {
        "message": "GET /Users/{id} failed: 422 unprocessable.",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
      {
        "message": "GET /Users/{id} failed: 302 unexpected_redirect. The server redirects to https://login.example.org.",
        "remedy": "The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.",
      },
      {
        "message": "GET /Users/{id} failed: 307 unexpected_redirect. The server redirects to https://scim.example.com.",
        "remedy": "The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.",
      },
      {
        "message": "GET /Users/{id} failed: 308 unexpected_redirect. The server redirects to an unreadable address.",
        "remedy": "The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.",
      },
      {
        "message": "GET /Users/{id} failed: 0 unexpected_redirect. The server redirects to another address.",
        "remedy": "The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.",
      },
      {
        "message": "GET /Users/{id} failed: 418 unexpected_status.",
        "remedy": "See \`serverMessage()\` for what the server said. It may name people, so it is not printed with the error.",
      },
    ]
  `);
});

test('is a ScimError for SCIM whatever the body, and a ResponseError for the others', () => {
  for (const text of ['', '<html>', 'no', '{"message":"no"}']) expect(fail({ text })).toBeInstanceOf(ScimError);
  for (const service of ['compliance', 'storage'] as const) {
    const error = fail({ service, body: { schemas: [scimSchema], detail: 'no' } });
    expect(error).toBeInstanceOf(ResponseError);
    expect(error).not.toBeInstanceOf(ScimError);
  }
});

test('keeps what helps: ids of the exchange, the wait asked for, the words of the server as they came', () => {
  const body = { schemas: [scimSchema], status: '429', scimType: 'tooMany', detail: 'Slow down, jane@d.example' };
  const error = fail({
    status: 429,
    body,
    attempts: 3,
    retryAfterMs: 90_000,
    requestId: 'req_1',
  });
  expect(error).toMatchObject({
    requestId: 'req_1',
    retryAfterMs: 90_000,
    attempts: 3,
    retryable: true,
    scimType: 'tooMany',
  });
  expect(error.serverMessage()).toBe('Slow down, […]');
  expect((error as ScimError).detail()).toBe('Slow down, jane@d.example');
  expect(error.body()).toBe(JSON.stringify(body));
});

test('masks what it is told about: the credential and what the caller sent', () => {
  const error = fail({ status: 400, text: 'User jdoe with token abc-def', known: ['abc-def', 'jdoe'] });
  expect(error.serverMessage()).toBe('User […] with token […]');
});

test('never prints the words of the server: they may name people whom nobody sent', () => {
  const words = 'User Jane Doe is suspended';
  for (const answer of [
    { body: { schemas: [scimSchema], status: '403', detail: words } },
    { body: { detail: [{ loc: ['body', 'Jane Doe'], msg: words }] } },
    { body: { error: { message: words, code: 'Jane Doe' } } },
    { body: { scimType: words, detail: words } },
    { text: words },
    { text: `<div>${words}</div>`, headers: new Headers({ 'content-type': 'text/html; charset=utf-8' }) },
  ]) {
    const error = fail({ status: 403, ...answer });
    const printed = [error.message, error.remedy, error.stack, JSON.stringify(error), inspect(error, true, null)];
    expect(printed.join('\n')).not.toContain('Jane');
    expect(error.body()).toContain(words);
  }
  const error = fail({ status: 400, text: words });
  expect(error.serverMessage()).toBe(words);
  expect(error.remedy).toMatch(/See `serverMessage\(\)`/);
});

test('prints the words of a protocol, and none that the caller sent', () => {
  const message = (body: object, known: string[] = []) => fail({ status: 400, body, known }).message;
  expect(message({ scimType: 'oddType', detail: 'x' })).toBe('GET /Users/{id} failed: 400 bad_request (oddType).');
  expect(message({ error: 'invalid_grant' })).toBe('GET /Users/{id} failed: 400 bad_request (invalid_grant).');
  expect(message({ error: 'jane.doe' })).toBe('GET /Users/{id} failed: 400 bad_request.');
  expect(message({ error: { code: 'Jane', message: 'x' } }, ['jane'])).toBe('GET /Users/{id} failed: 400 bad_request.');
  expect(message({ scimType: 'jdoe', detail: 'x' }, ['jdoe'])).toBe('GET /Users/{id} failed: 400 bad_request.');
});

test.each([
  ['mira_sol', 'mira.sol@north.example'],
  ['MiraSol', 'mira.sol@north.example'],
  ['user_mirasol_exists', 'mira.sol@north.example'],
  ['sol_exists', 'mira.sol+it@north.example'],
  ['no_such_north', 'mira.sol@north.example'],
  ['mira_sol', 'Mira.Sol'],
  ['MSol', 'm.sol@north.example'],
])('prints no code that is part of an address that was asked for: %s', (code, address) => {
  const error = fail({ status: 400, body: { error: { code, message: 'x' } }, known: [address] });
  expect(error.message).toBe('GET /Users/{id} failed: 400 bad_request.');
  expect(error).not.toHaveProperty('serverCode');
  const inScim = fail({ status: 400, body: { scimType: code, detail: 'x' }, known: [address] });
  expect(inScim.message).toBe('GET /Users/{id} failed: 400 bad_request.');
});

test.each(['example_missing', 'com_missing', 'scim_missing', 'miracle_missing', 'solved', 'invalid_email'])(
  'prints a code that has nothing of the address but its ending, or letters by chance: %s',
  (code) => {
    const known = ['mira.sol@north.example', 'sol@miracles.com'];
    const error = fail({ status: 400, body: { error: { code, message: 'x' } }, known });
    expect(error.message).toContain(`(${code})`);
    expect(error.serverCode).toBe(code);
  },
);

test('compares the codes that it knows also where an address holds a word of them', () => {
  const seen: unknown[] = [];
  fail({
    service: 'compliance',
    status: 409,
    body: { error: { code: 'scim_managed_resource', message: 'x' } },
    known: ['scim@north.example'],
    explain: ({ serverCode }) => {
      seen.push(serverCode);
      return undefined;
    },
  });
  expect(seen).toEqual(['scim_managed_resource']);
  const taken = { schemas: [scimSchema], scimType: 'uniqueness', detail: 'x' };
  expect(fail({ status: 409, body: taken, known: ['uniqueness@north.example'] }).code).toBe('uniqueness');
});

test('does not say where a redirect leads when the host is named after what was sent', () => {
  const headers = new Headers({ location: 'https://jdoe.example.org/x' });
  expect(fail({ status: 302, headers, known: ['JDoe'] }).message).toMatch(/redirects to another address/);
});

test('keeps at most 64 KiB of the body', () => {
  expect(fail({ text: 'x'.repeat(1_000_000) }).body()).toHaveLength(65_536);
});

test('asks the client for a remedy, showing it masked words only, and falls back on the general one', () => {
  const seen: unknown[] = [];
  const body = { error: { message: 'jane@d.example may not', code: 'missing_scope' } };
  const error = fail({
    service: 'compliance',
    status: 403,
    body,
    explain: (failure) => {
      seen.push(failure);
      return { remedy: 'Give the key the scope.' };
    },
  });
  expect(error.remedy).toBe('Give the key the scope.');
  expect(seen).toEqual([
    {
      status: 403,
      code: 'forbidden',
      serverMessage: '[…] may not',
      serverCode: 'missing_scope',
      scimType: undefined,
      bodyKind: 'openai',
      method: 'GET',
      route: '/Users/{id}',
    },
  ]);
  expect(fail({ status: 403, explain: () => undefined }).remedy).toMatch(/may not do this/);
});
