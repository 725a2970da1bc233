import type { FieldReport } from './field-report.js';
import { formatUrl, hostOf, readUrl, suggestUrl } from './read-url.js';

const resource = /\/compliance\/(?:workspaces|organizations)(?:\/.*)?$/i;
// A proxy may have any of these in its address.
const behindVersion = /\/(?:compliance|workspaces|organizations)(?:\/.*)?$/i;

/** Reads where the Compliance API is, for those who reach it by another address. */
export function readComplianceBaseUrl(
  value: unknown,
  report: FieldReport,
  allowHttpLoopback = false,
): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const host = hostOf(url);
  const isOpenAi = host === 'api.chatgpt.com';
  const behind = isOpenAi ? behindVersion : resource;
  const path = url.pathname.replace(behind, '').replace(/\/+$/, '');
  const isVersionMissing = isOpenAi && !/^\/v\d+$/.test(path);
  if (/(?:^|\.)workos\.com$/.test(host) || host === 'api.openai.com') {
    report.problem(
      'other_service_url',
      'This is the address of another service.',
      'Leave the field empty: the Compliance API is at https://api.chatgpt.com/v1.',
    );
  } else if (behind.test(url.pathname)) {
    report.problem('resource_url', 'The URL goes on behind the version.', 'Remove /compliance and what follows it.', {
      suggestion: suggestUrl(url, isVersionMissing ? '/v1' : path),
    });
  } else if (isVersionMissing) {
    report.problem('resource_url', 'The path is not that of the Compliance API: its version is missing.', 'Add /v1.', {
      suggestion: suggestUrl(url, '/v1'),
    });
  } else {
    return formatUrl(url);
  }
  return undefined;
}
