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
  /** How many rules for notices were made. */
  notification_rules_created_count: maybeNumber,
  /** How many were changed. */
  notification_rules_updated_count: maybeNumber,
  /** How many were removed. */
  notification_rules_deleted_count: maybeNumber,
});

const scanConfigurationSchema = z.looseObject({
  ...notificationCounts.shape,
  /** What kind of scan. */
  scan_type: maybeString,
  /** Who owns it. */
  owner_id: maybeString,
  /** The workspace. */
  workspace_id: maybeString,
  /** The repository. */
  repo_id: maybeStringOrNumber,
  /** Where the repository is. */
  repo_url: maybeString,
  /** The environment it runs in. */
  environment_id: maybeString,
  /** Whether it is switched on, or where it stands. */
  state: maybeString,
  /** Days of history to scan. */
  lookback_days: maybeNumber,
});

/** `event_details` of `CODEX_SECURITY_LOG`, by `event_type`. */
export const codexSecurityDetailsSchema = z.object({
  SCAN_CONFIGURATION_CREATED: z.looseObject({
    /** The scan, as it is set up. */
    scan_configuration_id: z.string(),
    /** How it was set up. */
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_CONFIGURATION_UPDATED: z.looseObject({
    /** The scan, as it is set up. */
    scan_configuration_id: z.string(),
    /** What changed. */
    updated_fields: z.nullish(
      z.looseObject({
        ...notificationCounts.shape,
        /** The environment it runs in. */
        environment_id: maybeString,
        /** Whether it is switched on, or where it stands. */
        state: maybeString,
        /** Who owns it. */
        owner_id: maybeString,
        /** Days of history to scan. */
        lookback_days: maybeNumber,
        /** Whether the overview of the project changed. */
        project_overview_updated: maybeBoolean,
        /** How long that overview is. */
        project_overview_length: maybeNumber,
      }),
    ),
    /** How it was set up after the change. */
    scan_configuration_fields: z.nullish(scanConfigurationSchema),
  }),
  SCAN_FINDING_UPDATED: z.looseObject({
    /** The finding. */
    finding_id: z.string(),
    /** What changed. */
    updated_fields: z.nullish(
      z.looseObject({
        /** How it stands, or how it ended. */
        status: maybeString,
        /** Who is to look into it. */
        assignee_user_email: maybeString,
        /** How grave it is. */
        criticality: maybeString,
        /** Why it is closed. */
        resolution_reason: maybeString,
        /** Whether that reason changed. */
        resolution_reason_updated: maybeBoolean,
        /** Why it is that grave. */
        criticality_reason: maybeString,
        /** Whether that reason changed. */
        criticality_reason_updated: maybeBoolean,
      }),
    ),
  }),
  PROPOSED_PATCH_PR_CREATED: z.looseObject({
    /** The finding. */
    finding_id: z.string(),
    /** The pull request; null when it could not be read back. */
    pr_url: maybeString,
  }),
});

/** `event_details` of `CODEX_SECURITY_LOG`, by `event_type`. */
export type CodexSecurityDetails = z.infer<typeof codexSecurityDetailsSchema>;
