import * as z from 'zod/mini';
import { codexClientId } from './codex-client-id.js';
import { detailFrameSchema } from './detail-frame.js';
import { maybeBoolean, maybeNumber, maybeString, maybeStringOrNumber } from './maybe.js';

/** Something happened in Codex Security, whatever it was: `event_type` says what. */
export const codexSecurityFrameSchema = z.looseObject({
  ...detailFrameSchema.shape,
  type: z.literal('CODEX_SECURITY_LOG'),
  /** What the user worked with. */
  client_id: z.nullish(codexClientId),
});

/** Something happened in Codex Security, whatever it was. */
export type CodexSecurityFrame = z.infer<typeof codexSecurityFrameSchema>;

const notificationCounts = z.looseObject({
  notification_rules_created_count: maybeNumber,
  notification_rules_updated_count: maybeNumber,
  notification_rules_deleted_count: maybeNumber,
});

const scanConfigurationSchema = z.looseObject({
  ...notificationCounts.shape,
  scan_type: maybeString,
  owner_id: maybeString,
  workspace_id: maybeString,
  repo_id: maybeStringOrNumber,
  repo_url: maybeString,
  environment_id: maybeString,
  state: maybeString,
  /** Days of history to scan. */
  lookback_days: maybeNumber,
});

/** `event_details` of `CODEX_SECURITY_LOG`, by `event_type`. */
export const codexSecurityDetailsSchema = z.object({
  SCAN_CONFIGURATION_CREATED: z.looseObject({
    scan_configuration_id: z.string(),
    /** How it was set up. */
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_CONFIGURATION_UPDATED: z.looseObject({
    scan_configuration_id: z.string(),
    /** What changed. */
    updated_fields: z.nullish(
      z.looseObject({
        ...notificationCounts.shape,
        environment_id: maybeString,
        state: maybeString,
        owner_id: maybeString,
        /** Days of history to scan. */
        lookback_days: maybeNumber,
        project_overview_updated: maybeBoolean,
        project_overview_length: maybeNumber,
      }),
    ),
    /** How it was set up after the change. */
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_FINDING_UPDATED: z.looseObject({
    finding_id: z.string(),
    /** What changed. */
    updated_fields: z.nullish(
      z.looseObject({
        status: maybeString,
        /** Who is to look into it. */
        assignee_user_email: maybeString,
        criticality: maybeString,
        resolution_reason: maybeString,
        resolution_reason_updated: maybeBoolean,
        criticality_reason: maybeString,
        criticality_reason_updated: maybeBoolean,
      }),
    ),
  }),
  PROPOSED_PATCH_PR_CREATED: z.looseObject({
    finding_id: z.string(),
    /** The pull request; null when it could not be read back. */
    pr_url: maybeString,
  }),
});

/** `event_details` of `CODEX_SECURITY_LOG`, by `event_type`. */
export type CodexSecurityDetails = z.infer<typeof codexSecurityDetailsSchema>;
