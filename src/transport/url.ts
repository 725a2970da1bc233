import { InputError } from '../errors/input-errors.js';
import type { TransportRequest } from './options.js';

const loopbackHosts = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether a credential, or what one opened, may travel to this URL. */
export function isSecureUrl({ protocol, hostname }: URL, allowHttpLoopback: boolean): boolean {
  return protocol === 'https:' || (protocol === 'http:' && allowHttpLoopback && loopbackHosts.includes(hostname));
}

export function hasCredentials({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

/** @throws InputError where a credential must not be sent to it. */
export function parseBaseUrl(text: string, allowHttpLoopback: boolean): URL {
  const path = ['baseUrl'];
  // JavaScript may give anything.
  if (typeof text !== 'string' || !URL.canParse(text)) {
    throw new InputError('`baseUrl` must be a URL.', {
      path,
      remedy: 'Enter the full address, starting with https://.',
    });
  }
  const url = new URL(text);
  if (hasCredentials(url)) {
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
        : 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true` in the options of the client, or of `connect()`: what a form was read with does not count here.',
    });
  }
  url.hash = '';
  return url;
}

// The guard goes by the route, so it must be where the request goes: nothing that ends the path, escapes or leads out of it.
const plainRoute = /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~:@+,=-]|\{\w+\})+)*$/;

/** Keeps path and query of the base URL. @throws InputError for a bad route or parameter, or a lone surrogate. */
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
  return `${base.origin}${base.pathname.replace(/(?<!\/)\/+$/, '')}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`;
}

function encodeSegment(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    throw new InputError(`\`${name}\` must be a non-empty string.`, { path: [name] });
  }
  // Also encoded: something on the way may decode once too often.
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
