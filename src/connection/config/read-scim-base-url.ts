import { directorySync } from '../menu-paths.js';
import type { FieldReport } from './field-report.js';
import { formatUrl, hostOf, readUrl, suggestUrl } from './read-url.js';

// As the RFC spells them: directories have bases such as /scim/v2/groups/acme.
const endpoint =
  /\/(?:(?:Users|Groups)(?:\/.*)?|Schemas(?:\/[^/]*)?|ResourceTypes(?:\/[^/]*)?|ServiceProviderConfig|Bulk|Me|\.search)$/;
// There it is known what a directory's address is, and that anything goes on after it.
const behindDirectory = /(?<=^\/scim\/v2(?:\.0)?\/[^/]+)\/.+$/;

/** Reads the SCIM URL, which ends in the key of the directory and in no resource. */
export function readScimBaseUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  const host = hostOf(url);
  const isWorkos = /(?:^|\.)workos\.com$/.test(host);
  const resource = isWorkos && behindDirectory.test(path) ? behindDirectory : endpoint;
  if (host === 'api.chatgpt.com' || host === 'api.openai.com') {
    report.problem(
      'other_service_url',
      `This is the address of the ${host === 'api.openai.com' ? 'OpenAI' : 'Compliance'} API.`,
      `Copy the SCIM URL that ChatGPT shows under ${directorySync}.`,
    );
  } else if (resource.test(path)) {
    report.problem(
      'resource_url',
      'The URL goes on after the directory, to a list or to one resource.',
      'Remove what follows the directory: /Users, /Groups and anything after them.',
      { suggestion: suggestUrl(url, path.replace(resource, '')) },
    );
  } else if (isWorkos && /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/.test(path)) {
    report.problem(
      'directory_key_missing',
      'The URL ends before the part that names your directory.',
      'Copy the URL whole: after /scim/v2.0/ it has one more part, of letters and digits.',
    );
  } else {
    return formatUrl(url);
  }
  return undefined;
}
