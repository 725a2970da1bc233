import type { FieldReport } from './field-report.js';
import { formatUrl, readUrl, suggestUrl } from './read-url.js';

const endpoint = /\/(?:users|groups|schemas|resourcetypes|serviceproviderconfig|bulk|me|\.search)(?:\/[^/]*)?$/i;

/** Reads the SCIM base URL, which ends in the key of the directory and in no resource. */
export function readScimBaseUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  if (url.hostname === 'api.chatgpt.com') {
    report.problem(
      'other_service_url',
      'This is the address of the Compliance API.',
      'Copy the URL that the Directory Sync (SCIM) set-up shows.',
    );
  } else if (endpoint.test(path)) {
    report.problem(
      'resource_url',
      'The URL goes on after the directory, to a list or to one resource.',
      'Remove what follows the directory: /Users, /Groups and anything after them.',
      { suggestion: suggestUrl(url, path.replace(endpoint, '')) },
    );
  } else if (/(?:^|\.)workos\.com$/.test(url.hostname) && /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/.test(path)) {
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
