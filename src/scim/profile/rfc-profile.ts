import type { ProviderProfile } from './provider-profile.js';

/**
 * A server that keeps to RFC 7643 and RFC 7644.
 *
 * @example
 * ```ts
 * import { rfcProfile, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: rfcProfile });
 * ```
 */
export const rfcProfile: ProviderProfile = {
  name: 'rfc',
  contentType: 'application/scim+json',
  pageSize: 100,
  bulk: true,
  search: true,
  conditionalWrites: true,
  memberChangesPerRequest: 100,
  maxBodyBytes: 10_000_000,
  refuses: { userWithoutEmail: false, nullValues: false },
};
