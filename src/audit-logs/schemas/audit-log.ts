import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { openEnum } from './open-enum.js';
import { requestMetadataSchema } from './request-metadata.js';

/** Someone changed something in the workspace or used its APIs: `action` says what. */
export const auditFrameSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('AUDIT_LOG'),
  /** What was done. */
  action: z.string(),
  /** Whether it worked. */
  action_result: z.nullish(openEnum<'SUCCESS' | 'BLOCKED' | 'ERROR'>()),
  /** Whose right it took. */
  action_privilege: z.nullish(openEnum<'ADMIN' | 'STANDARD_USER'>()),
  /** Where the request came from. */
  request_metadata: z.nullish(requestMetadataSchema),
  /** Depends on `action`; may be empty. */
  action_data: z.looseObject({}),
});

/** Someone changed something in the workspace or used its APIs, whatever it was. */
export type AuditFrame = z.infer<typeof auditFrameSchema>;
