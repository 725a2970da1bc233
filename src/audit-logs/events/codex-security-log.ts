import * as z from 'zod/mini';
import { codexClientId } from './codex-log.js';
import { detailedEventBaseSchema } from './envelope.js';
import { documentedString, nullishBoolean, nullishNumber, nullishString, nullishStringOrNumber } from './fields.js';

export const codexSecurityEventBaseSchema = z.looseObject({
  ...detailedEventBaseSchema.shape,
  type: z.literal('CODEX_SECURITY_LOG'),
  client_id: z.nullish(codexClientId),
});

/** Something happened in Codex Security, whatever it was. */
export type CodexSecurityEventBase = z.infer<typeof codexSecurityEventBaseSchema>;

const scanSettings = z.looseObject({
  notification_rules_created_count: nullishNumber,
  notification_rules_updated_count: nullishNumber,
  notification_rules_deleted_count: nullishNumber,
  owner_id: nullishString,
  environment_id: nullishString,
  /** Whether it is switched on, or where it stands. */
  state: nullishString,
  /** Days of history to scan. */
  lookback_days: nullishNumber,
});

const scanConfigurationSchema = z.looseObject({
  ...scanSettings.shape,
  scan_type: nullishString,
  workspace_id: nullishString,
  repo_id: nullishStringOrNumber,
  repo_url: nullishString,
});

export const codexSecurityDetailsSchema = z.object({
  SCAN_CONFIGURATION_CREATED: z.looseObject({
    scan_configuration_id: documentedString,
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_CONFIGURATION_UPDATED: z.looseObject({
    scan_configuration_id: documentedString,
    updated_fields: z.nullish(
      z.looseObject({
        ...scanSettings.shape,
        project_overview_updated: nullishBoolean,
        project_overview_length: nullishNumber,
      }),
    ),
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_FINDING_UPDATED: z.looseObject({
    finding_id: documentedString,
    updated_fields: z.nullish(
      z.looseObject({
        status: nullishString,
        assignee_user_email: nullishString,
        criticality: nullishString,
        resolution_reason: nullishString,
        resolution_reason_updated: nullishBoolean,
        criticality_reason: nullishString,
        criticality_reason_updated: nullishBoolean,
      }),
    ),
  }),
  PROPOSED_PATCH_PR_CREATED: z.looseObject({
    finding_id: documentedString,
    /** The pull request; null when it could not be read back. */
    pr_url: nullishString,
  }),
});

/** `event_details` of `CODEX_SECURITY_LOG`, by `event_type`. */
export type CodexSecurityDetails = z.infer<typeof codexSecurityDetailsSchema>;

/** What happened in Codex Security. */
export type CodexSecurityEventType = keyof CodexSecurityDetails;
