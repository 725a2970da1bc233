import { adminKeys, logPermission, workspaceDetails } from '../menus.js';
import { adminKeyHelp, allowlistHelp, complianceHelp } from './pages.js';
import { catalogue } from './remedy.js';

/** What can be wrong with the compliance half of a connection. */
export const complianceRemedies = /* @__PURE__ */ catalogue(() => ({
  compliance_key_refused: {
    field: 'complianceApiKey',
    message:
      'The Compliance API refused the key: it is mistyped, revoked, or of another kind, such as a SCIM token or a project key.',
    remedy: `Create an admin key for the workspace under ${adminKeys}, and copy the whole key.`,
    link: adminKeyHelp,
  },
  log_scope_missing: {
    field: 'complianceApiKey',
    message: 'The key may not read these event types: {eventTypes}.',
    remedy: `Give it ${logPermission} under ${adminKeys}.`,
    link: adminKeyHelp,
  },
  member_scope_missing: {
    severity: 'warning',
    field: 'complianceApiKey',
    message: 'The key may not list the people of the workspace.',
    remedy: `Ask an owner to give it the scope compliance_export.read under ${adminKeys}, if people are to be listed.`,
    link: adminKeyHelp,
  },
  ip_not_allowed: {
    field: 'complianceApiKey',
    message: 'This address is not on the IP allowlist of the Compliance API.',
    remedy: 'Ask a workspace owner to add the address that this program calls from to that allowlist.',
    link: allowlistHelp,
  },
  workspace_of_another_organization: {
    field: 'workspaceIds',
    message: 'The key may not read workspace {principals}: it belongs to another organization.',
    remedy: `Use a key that was created for this workspace, or copy the correct ID in ChatGPT under ${workspaceDetails}.`,
    link: complianceHelp,
  },
  workspace_unknown: {
    field: 'workspaceIds',
    message:
      'Unknown workspace or organization {principals}: the ID is wrong, or the workspace was renamed, moved or deleted.',
    remedy: `Copy the ID again in ChatGPT under ${workspaceDetails}. If it is correct, check that the plan is Enterprise or Edu.`,
    link: complianceHelp,
  },
  event_type_refused: {
    message: 'The service does not offer these event types here: {eventTypes}.',
    remedy:
      'Check the spelling: event types are written like AUTH_LOG. COSTS needs the organization ID; most others need a workspace.',
    link: complianceHelp,
  },
}));

/** What to do about a Compliance API request that was refused for what it asks. */
export const complianceRequestRemedies = {
  wrong_route:
    'This event type belongs to the other route: use `organizationId` for organization types, `workspaceIds` for workspace types.',
  bad_request: 'Check the event types, and that `after` and `before` are ISO 8601 date-times.',
  forbidden: `The key may not read this. Give it ${logPermission} under ${adminKeys}; a Compliance API key works only after OpenAI has enabled it. Check also that the workspace belongs to the organization of the key, and that this machine is on the IP allowlist of the Compliance API, if there is one.`,
  file_expired: 'The file no longer exists: log files are kept for 30 days.',
  gone: 'OpenAI has removed this. Read conversations as CONVERSATION_MESSAGE events.',
  unprocessable: 'The service did not accept the parameters. Check that `after` and `before` are ISO 8601 date-times.',
  outage:
    'The service is down or overloaded. Try again later; to go on with a log, resume from its last checkpoint. `follow` waits by itself.',
  rate_limited:
    'Too many requests with this key. Lower `rateLimit`, and check that no other program uses the same key.',
} as const;
