import type { Emulator } from '../../../src/testing/emulator.js';
import type { PlatformLogEvent } from '../../../src/testing/events/platform-event.js';

interface Page {
  readonly object: string;
  readonly data: readonly PlatformLogEvent[];
  readonly first_id: string | null;
  readonly last_id: string | null;
  readonly has_more: boolean;
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

/** Asks for the audit log with the emulator's own key, or another one. */
export async function askPlatform(emulator: Emulator, query = '', key = emulator.platform.apiKey) {
  const response = await emulator.fetch(`${emulator.platform.baseUrl}/organization/audit_logs?${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const body: Page = await response.json();
  return { status: response.status, headers: response.headers, body, ids: (body.data ?? []).map(({ id }) => id) };
}
