import { expect, test } from 'vitest';
import { readNetworkFault } from '../../src/transport/network-failure.js';

const withCause = (message: string, cause: object) => new TypeError(message, { cause });
const coded = (message: string, facts: object) => Object.assign(new Error(message), facts);
const codedType = (message: string, facts: object) => Object.assign(new TypeError(message), facts);

// What the runtimes really reject with, observed on Node 24, Bun 1.4, Deno 2.9, workerd 2026-07 and Chromium 156.
test.each([
  [
    'Node refused',
    withCause('fetch failed', coded('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED', syscall: 'connect' })),
    'ECONNREFUSED',
    'not_sent',
    true,
  ],
  [
    'Node refused on both addresses',
    withCause(
      'fetch failed',
      Object.assign(new AggregateError([coded('connect ECONNREFUSED ::1:1', { code: 'ECONNREFUSED' })]), {
        code: 'ECONNREFUSED',
      }),
    ),
    'ECONNREFUSED',
    'not_sent',
    true,
  ],
  [
    'Node unknown host',
    withCause('fetch failed', coded('getaddrinfo ENOTFOUND h.invalid', { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
    'ENOTFOUND',
    'not_sent',
    true,
  ],
  [
    'Node names not resolvable now',
    withCause('fetch failed', coded('getaddrinfo EAI_AGAIN h', { code: 'EAI_AGAIN' })),
    'EAI_AGAIN',
    'not_sent',
    true,
  ],
  [
    'Node no route',
    withCause('fetch failed', coded('connect EHOSTUNREACH', { code: 'EHOSTUNREACH', syscall: 'connect' })),
    'EHOSTUNREACH',
    'not_sent',
    true,
  ],
  [
    'Node route lost under way',
    withCause('fetch failed', coded('read EHOSTUNREACH', { code: 'EHOSTUNREACH', syscall: 'read' })),
    'EHOSTUNREACH',
    'unknown',
    true,
  ],
  [
    'Node connecting too long',
    withCause('fetch failed', coded('Connect Timeout Error', { code: 'UND_ERR_CONNECT_TIMEOUT' })),
    'UND_ERR_CONNECT_TIMEOUT',
    'not_sent',
    true,
  ],
  [
    'Node reset',
    withCause('fetch failed', coded('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' })),
    'ECONNRESET',
    'unknown',
    true,
  ],
  [
    'Node closed',
    withCause('fetch failed', coded('other side closed', { code: 'UND_ERR_SOCKET' })),
    'ECONNRESET',
    'unknown',
    true,
  ],
  [
    'Node no TLS there',
    withCause(
      'fetch failed',
      coded('Client network socket disconnected before secure TLS connection was established', { code: 'ECONNRESET' }),
    ),
    'ECONNRESET',
    'not_sent',
    true,
  ],
  [
    'Node expired certificate',
    withCause('fetch failed', coded('certificate has expired', { code: 'CERT_HAS_EXPIRED' })),
    'CERT_HAS_EXPIRED',
    'not_sent',
    false,
  ],
  [
    'Node self-signed certificate',
    withCause('fetch failed', coded('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'not_sent',
    false,
  ],
  [
    'Node certificate of another host',
    withCause(
      'fetch failed',
      coded("Hostname/IP does not match certificate's altnames", { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    ),
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'not_sent',
    false,
  ],
  [
    'Node proxy',
    withCause('fetch failed', coded('Proxy response (407) !== 200 when HTTP Tunneling', { code: 'UND_ERR_ABORTED' })),
    'PROXY_REFUSED',
    'not_sent',
    true,
  ],
  ['Node blocked port', withCause('fetch failed', new Error('bad port')), undefined, 'unknown', true],
  [
    'Bun refused',
    codedType('ECONNREFUSED: Unable to connect. Is the computer able to access the url?', { code: 'ECONNREFUSED' }),
    'ECONNREFUSED',
    'not_sent',
    true,
  ],
  [
    'Bun refused, older',
    coded('Unable to connect. Is the computer able to access the url?', { code: 'ConnectionRefused' }),
    'ECONNREFUSED',
    'not_sent',
    true,
  ],
  [
    'Bun reset',
    codedType('ECONNRESET: The socket connection was closed unexpectedly.', { code: 'ECONNRESET' }),
    'ECONNRESET',
    'unknown',
    true,
  ],
  [
    'Bun self-signed certificate',
    codedType('self signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'not_sent',
    false,
  ],
  [
    'Deno refused',
    withCause(
      'fetch failed',
      new Error(
        'error sending request for url (http://127.0.0.1:1/): client error (Connect): tcp connect error: Connection refused (os error 111)',
      ),
    ),
    'ECONNREFUSED',
    'not_sent',
    true,
  ],
  [
    'Deno unknown host',
    withCause(
      'fetch failed',
      new Error(
        'error sending request for url (http://h/): client error (Connect): dns error: failed to lookup address information',
      ),
    ),
    'ENOTFOUND',
    'not_sent',
    true,
  ],
  [
    'Deno certificate',
    withCause(
      'fetch failed',
      new Error(
        'error sending request for url (https://h/): client error (Connect): invalid peer certificate: UnknownIssuer',
      ),
    ),
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'not_sent',
    false,
  ],
  [
    'Deno expired certificate',
    withCause(
      'fetch failed',
      new Error(
        'error sending request for url (https://h/): client error (Connect): invalid peer certificate: certificate expired',
      ),
    ),
    'CERT_HAS_EXPIRED',
    'not_sent',
    false,
  ],
  [
    'Deno no TLS there',
    withCause(
      'fetch failed',
      new Error('error sending request for url (https://h/): client error (Connect): tls handshake eof'),
    ),
    undefined,
    'not_sent',
    true,
  ],
  [
    'Deno cut',
    withCause(
      'fetch failed',
      new Error(
        'error sending request for http://h/: client error (SendRequest): connection closed before message completed',
      ),
    ),
    'ECONNRESET',
    'unknown',
    true,
  ],
  ['workerd', new Error('Network connection lost.'), 'ECONNRESET', 'unknown', true],
  [
    'workerd, anything else',
    new Error('internal error; reference = am2todjhr42ls30mgg6hcedi'),
    undefined,
    'unknown',
    true,
  ],
  ['Chromium', new TypeError('Failed to fetch'), undefined, 'unknown', true],
  ['Firefox', new TypeError('NetworkError when attempting to fetch resource.'), undefined, 'unknown', true],
  ['Safari', new TypeError('Load failed'), undefined, 'unknown', true],
  ['a fault of the program', new TypeError('x is not a function'), undefined, 'unknown', false],
  [
    'a fault of the program, with a code',
    codedType('The argument must be a string', { code: 'ERR_INVALID_ARG_TYPE' }),
    'ERR_INVALID_ARG_TYPE',
    'unknown',
    false,
  ],
  ['a text', 'boom', undefined, 'unknown', true],
  ['nothing', undefined, undefined, 'unknown', true],
])('%s', (_, error, reason, delivery, retryable) => {
  const fault = readNetworkFault(error);
  expect({ reason: fault.reason, delivery: fault.delivery, retryable: fault.retryable }).toEqual({
    reason,
    delivery,
    retryable,
  });
});

test('repeats the words of the runtime without the URL', () => {
  const { text } = readNetworkFault(
    new TypeError('error sending request for url (https://h.example/Users?filter=userName eq "jdoe")'),
  );
  expect(text).toBe('error sending request for url […] eq "…")');
});

test('ends on errors that cause each other', () => {
  const error = new Error('first');
  error.cause = new Error('second', { cause: error });
  expect(readNetworkFault(error).delivery).toBe('unknown');
});
