import { version } from '../internal/version.js';

/** Names this library to the server, except in browsers, where an extra header needs the server's leave (CORS). */
export function userAgentHeader(): Record<string, string> {
  const { navigator } = globalThis as { navigator?: { userAgent?: string } };
  return navigator?.userAgent?.startsWith('Mozilla/') ? {} : { 'user-agent': `chatgpt-enterprise-sdk/${version}` };
}
