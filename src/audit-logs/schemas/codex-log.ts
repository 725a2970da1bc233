import * as z from 'zod/mini';
import { codexClientId } from './codex-client-id.js';
import { detailFrameSchema } from './detail-frame.js';
import { maybeString } from './maybe.js';

/** Something happened in Codex, whatever it was: `event_type` says what. */
export const codexFrameSchema = z.looseObject({
  ...detailFrameSchema.shape,
  type: z.literal('CODEX_LOG'),
  /** What the user worked with. */
  client_id: z.nullish(codexClientId),
  /** The agent that worked, in newer events. */
  agent: z.nullish(
    z.looseObject({
      type: maybeString,
      /** The agent. */
      id: maybeString,
      /** What it is called. */
      name: maybeString,
    }),
  ),
});

/** Something happened in Codex, whatever it was. */
export type CodexFrame = z.infer<typeof codexFrameSchema>;
