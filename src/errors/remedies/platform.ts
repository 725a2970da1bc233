import { auditLogging, platformAdminKeys } from '../menus.js';

/** What can be wrong with the audit log of the API Platform, by what it answers. */
export const platformRemedies = {
  key_refused: `The API Platform refused the key: it is mistyped, it was revoked, or it is of another kind, such as an Admin key of a ChatGPT workspace (admin.openai.com), a project key or the key of a service account. This log takes an Admin key of the API Platform, which is made in another console than those of workspaces: let an organization owner make one under ${platformAdminKeys}, with the scope api.audit_logs.read, and give it as \`platform.apiKey\`.`,
  project_key_refused: `The audit log takes no key of a project or a service account (sk-proj-… or sk-svcacct-…). Let an organization owner make an Admin key under ${platformAdminKeys}, with the scope api.audit_logs.read, and give it as \`platform.apiKey\`.`,
  forbidden: `The key may not read the audit log: it lacks the scope api.audit_logs.read, audit logging is off, or it is an Admin key of a ChatGPT workspace (admin.openai.com). Ask an organization owner to look the key up under ${platformAdminKeys}, and to see whether audit logging is on: ${auditLogging}. What happened before it was switched on is recorded nowhere.`,
  ip_not_allowed:
    'This address is not on the IP allowlist of the organization. Ask an organization owner to add the address that this program calls from.',
  not_found:
    'There is no audit log at this address. Give the `dataResidency` of the organization, or leave `baseUrl` out: no host under api.chatgpt.com has this log.',
  bad_request:
    'The service did not accept the query. Check that `after` and `before` are points in time; if it is `PLATFORM_TENANT_LOG` that is refused, read without `includeTenant` and report it.',
  rate_limited:
    'Too many requests with this key. Give a `rateLimit`, and check that no other program uses the same key.',
  outage:
    'The service is down or overloaded. Try again later; to go on with the log, resume from its last checkpoint. `follow` waits by itself.',
} as const;
