import { InputError } from '../errors/input-errors.js';
import type { HoldBack } from '../transport/hold-back.js';
import { openTransport } from '../transport/open-transport.js';
import type { ClientOptions, Credential, Transport } from '../transport/transport.js';

/** Where the Compliance API is. */
export const complianceBaseUrl = 'https://api.chatgpt.com/v1';

/** What a way to the Compliance API is opened with. */
export interface ComplianceTransportOptions extends ClientOptions {
  readonly apiKey: Credential;
  readonly baseUrl?: string | undefined;
  /** Shared by the ways to one principal, so that a `Retry-After` that one of them was given is kept to by all. */
  readonly holdBack?: HoldBack | undefined;
}

/** Opens a way to the Compliance API that lets nothing through but reading. */
export function openComplianceTransport({ apiKey, baseUrl, ...options }: ComplianceTransportOptions): Transport {
  return openTransport({
    ...options,
    service: 'compliance',
    baseUrl: baseUrl ?? complianceBaseUrl,
    credential: apiKey,
    loadExplain: async () => (await import('./explain-compliance-failure.js')).explainComplianceFailure,
    guard: ({ method }) => {
      if (method !== 'GET') throw new InputError('The Compliance API is only read here.', { path: ['method'] });
    },
  });
}
