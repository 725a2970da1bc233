import * as z from 'zod/mini';
import { detailFrameSchema } from './detail-frame.js';
import { openEnum } from './open-enum.js';

/** Something happened with a workspace agent, whatever it was: `event_type` says what. */
export const agentFrameSchema = z.looseObject({
  ...detailFrameSchema.shape,
  type: z.literal('CUSTOM_AGENTS_LOG'),
  /** Where it was done. */
  client_id: z.nullish(
    openEnum<
      | 'AGENT_BUILDER_WEB'
      | 'CHATGPT_WEB'
      | 'ENTERPRISE_COMPLIANCE_API'
      | 'FIRST_PARTY_ECOSYSTEM'
      | 'CUSTOM_AGENTS_UNKNOWN'
    >(),
  ),
});

/** Something happened with a workspace agent, whatever it was. */
export type AgentFrame = z.infer<typeof agentFrameSchema>;
