import { InputError } from '../errors/input-errors.js';

/** The one server of the Compliance API and the Admin API: no other host of them is published. */
export const chatgptBaseUrl = 'https://api.chatgpt.com/v1';

/** Of each route of a workspace or an organization, where OpenAI documents no other. */
export const documentedRateLimit = { requests: 100, intervalMs: 60_000 };

// A client asks below it for more than the Compliance API.
const resource = /\/(?:compliance|manage|analytics)\/(?:workspaces|organizations|codex)(?:\/.*)?$/i;
// At OpenAI's own address it is known what a base is; a proxy may have any of these in its address.
const behindVersion = /\/(?:compliance|manage|analytics|workspaces|organizations)(?:\/.*)?$/i;

/** What is wrong with an address of these services, and the path that it should have. */
export interface WrongBase {
  readonly fault: 'other_service' | 'past_version' | 'version_missing';
  readonly path: string;
}

/** Judges where the Compliance API and the Admin API are said to be. Of a proxy little is known, and little is refused. */
export function judgeBase({ hostname, pathname }: URL): WrongBase | undefined {
  // A name may end in the dot of the root, and is the same name.
  const host = hostname.replace(/\.$/, '');
  const isOpenAi = host === 'api.chatgpt.com';
  const behind = isOpenAi ? behindVersion : resource;
  const rest = pathname.replace(behind, '').replace(/(?<!\/)\/+$/, '');
  const isVersionMissing = isOpenAi && !/^\/v\d+$/.test(rest);
  const path = isVersionMissing ? '/v1' : rest;
  if (/(?:^|\.)workos\.com$/.test(host) || /(?:^|\.)api\.openai\.com$/.test(host))
    return { fault: 'other_service', path };
  if (behind.test(pathname)) return { fault: 'past_version', path };
  return isVersionMissing ? { fault: 'version_missing', path } : undefined;
}

const says: Readonly<Record<WrongBase['fault'], string>> = {
  other_service: 'is the address of another service',
  past_version: 'continues past the version',
  version_missing: 'has no version',
};

/** @throws InputError for a base URL at which there is no such service. What is no URL is refused elsewhere. */
export function checkChatgptBaseUrl(baseUrl: unknown): void {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return;
  const url = new URL(baseUrl);
  if (url.search !== '' || url.hash !== '') {
    throw new InputError('`baseUrl` has a query or a fragment, which would go out in every URL.', {
      path: ['baseUrl'],
      remedy: 'Remove the `?` or `#`, and everything after it. What a proxy wants to know belongs in `headers`.',
    });
  }
  const wrong = judgeBase(url);
  if (wrong === undefined) return;
  throw new InputError(`\`baseUrl\` ${says[wrong.fault]}.`, {
    path: ['baseUrl'],
    remedy: `Give the address up to the version and no further, or leave it out: it is ${chatgptBaseUrl}.`,
  });
}
