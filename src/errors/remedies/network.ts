import { statusPage } from './pages.js';
import { catalogue } from './remedy.js';

/** What can be wrong on the way to either service. */
export const networkRemedies = /* @__PURE__ */ catalogue(() => ({
  dns_failed: {
    field: 'baseUrl',
    message: 'The host name cannot be resolved.',
    remedy: 'Check the host name in the URL. If it is correct, check that this machine can resolve names (DNS).',
  },
  host_not_allowed: {
    field: 'baseUrl',
    message: 'This program does not connect to the host in the URL.',
    remedy:
      'Check the host name: it must be that of the service, which is reached over the internet. If it is correct, ask whoever runs this program to allow it (`allowHost`).',
  },
  connection_refused: {
    field: 'baseUrl',
    message: 'Nothing is listening at the address.',
    remedy: 'Check the host and port in the URL, and that no firewall blocks the connection.',
  },
  tls_failed: {
    field: 'baseUrl',
    message: "The server's certificate is not trusted.",
    remedy:
      'If a proxy inspects encrypted traffic, install its certificate for this program (Node: NODE_EXTRA_CA_CERTS). Otherwise the URL leads to the wrong server.',
  },
  proxy_refused: {
    message: 'The proxy refused the request.',
    remedy: "Check the proxy's address and credentials, and make it allow the hosts of both services.",
  },
  network_failed: {
    message: 'The connection failed before an answer arrived.',
    remedy: 'Try again. If it persists, look for a firewall or proxy that drops connections.',
  },
  web_page_answered: {
    field: 'baseUrl',
    message: 'A web page answered instead of the service: a sign-in page, a firewall, or a page for people.',
    remedy: 'Copy the whole URL again. If it is correct, let the proxy or firewall pass the service through unchanged.',
  },
  redirected: {
    field: 'baseUrl',
    message: 'The server redirects to another address.',
    remedy:
      'The secret was not sent there. If that address is the right one, use it as the URL. Otherwise copy the whole URL again, and look for a sign-in page of your network.',
  },
  no_answer_in_time: {
    field: 'baseUrl',
    message: 'No answer arrived in time.',
    remedy: 'Try again later or allow more time. If it persists, a firewall may be dropping the requests.',
    link: statusPage,
  },
}));

/** Reads the runtime's own code, such as `ENOTFOUND`. */
export function networkProblem(reason = '') {
  if (/^(?:ENOTFOUND|EAI_)/.test(reason)) return 'dns_failed';
  if (/CERT|SIGNED|LEAF|ISSUER|SSL|TLS|EPROTO/.test(reason)) return 'tls_failed';
  if (reason.startsWith('PROXY')) return 'proxy_refused';
  return reason === 'ECONNREFUSED' ? 'connection_refused' : 'network_failed';
}

/** What to do about a refused request, where the client knows nothing better. */
export const responseRemedies = {
  unauthorized: 'The credential was not accepted: it is mistyped, expired or revoked. Enter a new one in the settings.',
  forbidden: 'The credential is valid but may not do this. Check what it has access to.',
  not_found: 'Check that the base URL is correct and that what was requested still exists.',
  rate_limited: 'Wait, then send fewer requests at a time: lower `rateLimit`.',
} as const;

/** What to do about other failures of a request. */
export const generalRemedies = {
  storage_host_not_allowed:
    'The service sends downloads to a storage host of its own: let `allowHost` return true for that one too. If it refuses nothing but internal hosts, do not follow the download, and report it to OpenAI.',
  allow_host_failed: 'Let `allowHost` return true or false.',
  url_expired: 'The address may have expired or been used: ask for a new one.',
  outage: 'The service is down or overloaded. Try again later.',
  wrong_answer: 'Check that the base URL is that of the API, and that no proxy answers in its place.',
  error_in_success:
    'What failed was sent as a success, by the service or by a gateway before it. Try again later; if it persists, report it to who runs that gateway.',
  read_server_message:
    'See `serverMessage()` for what the server said. It may name people, so it is not printed with the error.',
  page_too_large: 'Ask for less at a time: lower `limit`. Or raise `maxResponseBytes`.',
  response_too_large:
    'Ask for less at a time: lower `count`, or leave out `members` with `excludedAttributes`. Or raise `maxResponseBytes`.',
} as const;
