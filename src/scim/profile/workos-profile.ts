import type { ProviderProfile } from './provider-profile.js';

/**
 * The SCIM endpoint of ChatGPT Enterprise, which WorkOS runs: what its documentation and its own open-source client say
 * of it (https://workos.com/docs/integrations/scim, https://github.com/workos/scim-bridge). The default.
 *
 * @example
 * ```ts
 * import { ScimClient, workosProfile } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({
 *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
 *   token: 'se_…',
 *   profile: { ...workosProfile, pageSize: 200 },
 * });
 * ```
 */
export const workosProfile: ProviderProfile = {
  name: 'workos',
  contentType: 'application/scim+json',
  pageSize: 100,
  bulk: false,
  search: false,
  conditionalWrites: false,
  memberChangesPerRequest: 100,
  maxBodyBytes: 2_000_000,
  refuses: { userWithoutEmail: true, nullValues: true },
};
