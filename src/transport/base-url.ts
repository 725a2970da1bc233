import { InputError } from '../errors/input-errors.js';

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
    throw new InputError('The base URL is not a URL.', { path, remedy: 'Enter it whole, starting with https://.' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError('The base URL holds a user name or a password.', {
      path,
      remedy: 'Remove what stands before the @ and give the credential by itself.',
    });
  }
  if (!isSecureUrl(url, allowHttpLoopback)) {
    throw new InputError('The base URL is not https: the credential would travel in the clear.', {
      path,
      remedy: allowHttpLoopback
        ? 'Use https://. Plain http is allowed for 127.0.0.1, [::1] and localhost only.'
        : 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true`.',
    });
  }
  url.hash = '';
  return url;
}
