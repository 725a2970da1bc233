import { auditLogging, platformAdminKeys } from '../menus.js';
import { platformLogHelp } from './pages.js';
import { catalogue } from './remedy.js';

const makeOne = `Create an Admin key of the organization as its owner under ${platformAdminKeys}, and enter it here. It is another key than that of a workspace, which is made at admin.openai.com and begins alike (sk-admin-…).`;

/** What can be wrong with the key of the API Platform, by what its audit log answers. */
export const platformFindings = /* @__PURE__ */ catalogue(() => ({
  platform_key_refused: {
    field: 'platformApiKey',
    message:
      'The API Platform refused its key: it was revoked, it is mistyped, it is an Admin key of a workspace (admin.openai.com), a key of a project or of a service account, or audit logging is off.',
    remedy: `Look the key up under ${platformAdminKeys}. If it is not there: ${makeOne.replace('Create', 'create')} If it is there, look whether audit logging is on: ${auditLogging}.`,
    link: platformLogHelp,
  },
  platform_key_of_project: {
    field: 'platformApiKey',
    message:
      'The API Platform refused its key, which begins like that of a project or a service account (sk-proj-…, sk-svcacct-…): neither may read the audit log.',
    remedy: makeOne,
    link: platformLogHelp,
  },
  platform_keys_exchanged: {
    field: 'platformApiKey',
    message:
      'The API Platform and the Compliance API both refused their keys, and all of them begin like Admin keys (sk-admin-…): they may have been exchanged.',
    remedy: `Look under ${platformAdminKeys} which of the keys is listed there: it belongs in the field API Platform key. One of a workspace is listed in the workspace, and belongs in the fields of the Compliance API. What is in neither list was revoked or mistyped.`,
    link: platformLogHelp,
  },
  platform_scope_missing: {
    field: 'platformApiKey',
    message:
      'The key of the API Platform may not read the audit log: its permission Audit Logs (api.audit_logs.read) is missing.',
    remedy: `Let an owner of the organization give the key the permission Audit Logs: Read under ${platformAdminKeys}, or create a key without restrictions there.`,
    link: platformLogHelp,
  },
  platform_log_not_allowed: {
    field: 'platformApiKey',
    message:
      'The API Platform lets the key not read the audit log: its permission Audit Logs (api.audit_logs.read) is missing, audit logging is off, or it is a key of another kind.',
    remedy: `Look first whether audit logging is on (an owner of the organization: ${auditLogging}), then whether the key is listed under ${platformAdminKeys} and has the permission Audit Logs: Read.`,
    link: platformLogHelp,
  },
  platform_tenant_not_readable: {
    severity: 'warning',
    field: 'platformApiKey',
    message: 'The audit log of the API Platform can be read, but what it has of the whole tenant (tenant_only) cannot.',
    remedy: `Ask an owner of the organization whether the key may read it (${platformAdminKeys}). To read without it, give \`includeTenant: false\`.`,
    link: platformLogHelp,
  },
  platform_log_empty: {
    severity: 'warning',
    field: 'platformApiKey',
    message:
      'The API Platform accepted its key, and its audit log is empty. That proves nothing: it looks the same while audit logging is off, and then nothing is recorded that could be read later.',
    remedy: `Let an owner of the organization look whether audit logging is on: ${auditLogging}. Then make a change that is logged, such as a new project, and check again.`,
    link: platformLogHelp,
  },
  not_platform_api: {
    field: 'baseUrl',
    message: 'Something answers in the place of the API Platform: it was asked for a list, and answered with none.',
    remedy:
      'Check the base URL. If it is correct, look for a proxy, a gateway or a sign-in page of your network that answers in its place, and let it pass the service through unchanged.',
    link: platformLogHelp,
  },
}));
