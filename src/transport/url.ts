import { InputError } from '../errors/input-errors.js';
import type { TransportRequest } from './options.js';

const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost'];

/** Tells whether a credential, or what one opened, may travel to this URL. */
export function isSecureUrl(url: URL, allowHttpLoopback: boolean): boolean {
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && allowHttpLoopback && loopbackHosts.includes(url.hostname))
  );
}

/**
 * Reads a base URL and refuses one that a credential must not be sent to.
 *
 * @throws InputError
 */
export function parseBaseUrl(text: string, allowHttpLoopback: boolean): URL {
  const path = ['baseUrl'];
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new InputError('`baseUrl` must be a URL.', {
      path,
      remedy: 'Enter the full address, starting with https://.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError('`baseUrl` contains a user name or a password.', {
      path,
      remedy: 'Remove the part before the @ and pass the credential separately.',
    });
  }
  if (!isSecureUrl(url, allowHttpLoopback)) {
    throw new InputError('`baseUrl` must use https: the credential would be sent unencrypted.', {
      path,
      remedy: allowHttpLoopback
        ? 'Use https://. Plain http is allowed for 127.0.0.1, [::1] and localhost only.'
        : 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true`.',
    });
  }
  url.hash = '';
  return url;
}

// What judges a request goes by its route, so the route must be where the request goes: nothing in it that a URL parser
// or a server reads as the end of the path, as an escape, or as a way out.
const plainRoute = /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~:@+,=-]|\{\w+\})+)*$/;

/**
 * Builds the URL of a request below a base URL, whose path and query are kept.
 *
 * @throws InputError for a route that is no plain path, a parameter that is missing, empty, `.` or `..`, or text that is
 * not Unicode.
 */
export function buildUrl(
  base: URL,
  { route, params = {}, query = [] }: Pick<TransportRequest, 'route' | 'params' | 'query'>,
): string {
  if (!plainRoute.test(route)) {
    throw new InputError('Invalid resource path.', {
      path: ['route'],
      remedy: 'Use a path such as /Devices: letters, digits, `-`, `_` and `.` between slashes.',
    });
  }
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeSegment(name, params[name]));
  const search = query.map(([name, value]) => `${encode(name, name)}=${encode(value, name)}`);
  if (base.search.length > 1) search.unshift(base.search.slice(1));
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`;
}

function encodeSegment(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new InputError(`\`${name}\` must be a non-empty string.`, { path: [name] });
  }
  // Also in their encoded forms: something between here and the server may decode once too often.
  if (/^\.{1,2}$/.test(value.replace(/%(?:25)*2e/gi, '.'))) {
    throw new InputError(`\`${name}\` must not be \`.\` or \`..\`: they lead to another path.`, { path: [name] });
  }
  return encode(value, name);
}

function encode(value: string, name: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw new InputError(`\`${name}\` contains a lone surrogate.`, { path: [name] });
  }
}
