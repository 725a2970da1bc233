import type { Emulator } from '../../../src/testing/emulator.js';
import type { Told } from './ask-scim.js';

export const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
export const otherWorkspaceId = '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40';
export const organizationId = 'org-Northwind0000000000000000';

/** Asks the Compliance side something; redirects are not followed. */
export async function askCompliance(
  emulator: Emulator,
  path: string,
  secret: string | undefined = emulator.compliance.apiKey,
): Promise<Told> {
  const answer = await emulator.fetch(`${emulator.compliance.baseUrl}/compliance${path}`, {
    redirect: 'manual',
    headers: secret === '' ? {} : { authorization: `Bearer ${secret}` },
  });
  const text = await answer.text();
  const isJson = text !== '' && answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

/** The list of a workspace's log files. */
export function logsOf(query: Record<string, string>, id = workspaceId): string {
  return `/workspaces/${id}/logs?${new URLSearchParams(query)}`;
}

/** An event with nothing but its envelope. */
export function eventAt(timestamp: string, id = timestamp, type = 'AUTH_LOG') {
  return { event_id: id, type, timestamp };
}
