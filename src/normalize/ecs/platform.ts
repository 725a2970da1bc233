import { isRecord } from '../../internal/json.js';
import { kindOf } from '../sensitive.js';
import type { EcsCategory, EcsType } from './document.js';
import type { Draft } from './draft.js';
import { location } from './envelope.js';
import { platformTypes } from './platform-types.js';
import { nameWhom } from './platform-whom.js';
import type { Stream } from './stream.js';
import { Places } from './walk.js';

/** What a type is about, by how it begins, without `tenant.`. */
export const platformFamilies: Readonly<Record<string, EcsCategory>> = {
  ads_account: 'configuration',
  admin_api_key: 'iam',
  api_key: 'iam',
  api_organization_invite: 'iam',
  billing: 'configuration',
  certificate: 'configuration',
  certificates: 'configuration',
  chatgpt_access_token: 'iam',
  chatgpt_workspace_invite: 'iam',
  checkpoint: 'configuration',
  custom_role: 'iam',
  domains: 'configuration',
  external_key: 'configuration',
  external_storage: 'configuration',
  group: 'iam',
  invite: 'iam',
  ip_allowlist: 'configuration',
  login: 'authentication',
  logout: 'authentication',
  membership: 'iam',
  metadata: 'configuration',
  microsoft_entra_mapping: 'iam',
  migration: 'configuration',
  migration_rollout: 'configuration',
  organization: 'configuration',
  policy: 'iam',
  principal_authentication_policy: 'iam',
  product_access_policy: 'iam',
  project: 'configuration',
  project_api_key: 'iam',
  rate_limit: 'configuration',
  resource: 'configuration',
  resource_access: 'iam',
  resource_role_assignment: 'iam',
  resource_share_grant: 'iam',
  role: 'iam',
  role_assignment: 'iam',
  scim: 'iam',
  service_account: 'iam',
  session_policy: 'iam',
  session_revocation: 'iam',
  sso: 'iam',
  sso_connection: 'iam',
  third_party_app_policy: 'configuration',
  trusted_access: 'configuration',
  tunnel: 'configuration',
  usage_limit: 'configuration',
  user: 'iam',
  workload_identity: 'iam',
  workload_identity_provider: 'iam',
  workload_identity_provider_mapping: 'iam',
  workspace_invite_email_settings: 'configuration',
};

const person = new Places({
  id: (value, draft) => draft.user(value),
  email: (value, draft) => draft.email(value),
});

const session = new Places({
  user: person,
  ip_address: (value, draft) => draft.ip(value),
  ip_address_details: location,
  user_agent: (value, draft) => draft.userAgent(value),
  ja3: (value, draft) => draft.ja3(value),
});

/** Behind a key stands a person, or an account of a program. */
const apiKey = new Places({ user: person, service_account: person });

const actor = new Places({ session, api_key: apiKey });

const payload = new Places({ error_message: (value, draft) => draft.failure(value) });

// A map, in which nothing is found that nobody put there.
const types: ReadonlyMap<string, readonly EcsType[]> = new Map(Object.entries(platformTypes));

/** The audit log of the API Platform. Elastic has no stream of it. */
export const platformAuditLog: Stream = {
  name: 'platform_audit_log',
  classify(record, draft) {
    const { type } = record;
    draft.action(type);
    if (typeof type !== 'string') return;
    const [family = '', ...names] = type.replace(/^tenant\./, '').split('.');
    const category = Object.hasOwn(platformFamilies, family) ? platformFamilies[family] : undefined;
    const { event } = draft.document;
    // Of a family that is not known, ECS says to leave it out.
    if (category === undefined) return;
    event.category = [category];
    event.type = types.get(type)?.slice() ?? ['info'];
    if (names.at(-1) === 'succeeded') event.outcome = 'success';
    if (names.at(-1) === 'failed') event.outcome = 'failure';
  },
  places: new Places({
    id: (value, draft) => draft.id(value),
    effective_at: (value, draft) => draft.seconds(value),
    actor,
  }),
};

export const platformTenantLog: Stream = { ...platformAuditLog, name: 'platform_tenant_log' };

/**
 * The payload stands under the name of the type, dots included, of which there would be a field for each. Here it is `payload`
 * for all of them.
 */
export function restOfPlatformRecord(
  record: Record<string, unknown>,
  draft: Draft,
): Record<string, unknown> | undefined {
  const { type } = record;
  draft.organization(draft.sieve.included.organizationId);
  const own = typeof type === 'string' && Object.hasOwn(record, type) ? record[type] : undefined;
  const isPayload = isRecord(own) && !Object.hasOwn(record, 'payload');
  const { places } = platformAuditLog;
  // A type that has the name of content is content.
  if (!isPayload || typeof type !== 'string' || kindOf(type) !== 'plain' || Object.hasOwn(fieldsBesidePayload, type))
    return places.rest(record, draft);
  const { [type]: _payload, ...others } = record;
  const left = places.rest(others, draft);
  const values = draft.sieve.own(own);
  nameWhom(type, values, draft);
  const details = payload.rest(values, draft, type);
  return details === undefined ? left : { ...left, payload: details };
}

const fieldsBesidePayload: Readonly<Record<string, true>> = {
  id: true,
  type: true,
  effective_at: true,
  project: true,
  actor: true,
};
