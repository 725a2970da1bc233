import type { CodexSecurityDetails } from '../../audit-logs/events/codex-security-log.js';
import type { CodexSecurityEvent } from '../../audit-logs/events/event-types.js';
import { type DetailMakers, type EventContext, type EventMaker, envelope, idOf } from './event-context.js';
import { withDetails } from './with-details.js';

const noRules = {
  notification_rules_created_count: 0,
  notification_rules_updated_count: 1,
  notification_rules_deleted_count: 0,
};

function configuration(context: EventContext) {
  return {
    scan_type: 'repository',
    owner_id: context.person.userId,
    workspace_id: context.owner.id,
    repo_id: idOf(context, 'github-'),
    repo_url: 'https://github.com/northwind/web',
    environment_id: context.random.hex(32),
    state: 'active',
    lookback_days: 30,
    ...noRules,
  };
}

const details: DetailMakers<CodexSecurityDetails> = {
  SCAN_FINDING_UPDATED: (context) => ({
    finding_id: idOf(context, 'find_'),
    updated_fields: { status: 'fixed', criticality: 'medium', assignee_user_email: context.other.email },
  }),
  PROPOSED_PATCH_PR_CREATED: (context) => ({
    finding_id: idOf(context, 'find_'),
    pr_url: 'https://github.com/northwind/web/pull/12',
  }),
  SCAN_CONFIGURATION_CREATED: (context) => ({
    scan_configuration_id: idOf(context, 'scan_'),
    scan_configuration_fields: configuration(context),
  }),
  SCAN_CONFIGURATION_UPDATED: (context) => ({
    scan_configuration_id: idOf(context, 'scan_'),
    scan_configuration_fields: configuration(context),
    updated_fields: {
      state: 'paused',
      lookback_days: 14,
      project_overview_updated: true,
      project_overview_length: 180,
      ...noRules,
    },
  }),
};

/** What happens in Codex Security. */
export const codexSecurityLog: EventMaker<CodexSecurityEvent> = withDetails(details, (context) => ({
  ...envelope('CODEX_SECURITY_LOG', context),
  client_id: 'CODEX_WEB',
  workspace_id: context.owner.id,
}));
