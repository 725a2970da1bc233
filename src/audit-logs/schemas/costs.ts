import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { maybeNumber, maybeString } from './maybe.js';

/** A number and what it counts. */
export const amountSchema = z.looseObject({
  value: z.number(),
  /** Such as `tokens`, `CREDITS` or `USD`. */
  unit: z.string(),
});

/** A number and what it counts. */
export type Amount = z.infer<typeof amountSchema>;

/** What one hour of one kind of use came to. */
export const costsEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('COSTS'),
  payload: z.looseObject({
    /** UTC date, `YYYY-MM-DD`. */
    day: z.string(),
    /** UTC hour, 0 to 23. */
    hour: z.number(),
    /** The organization that pays. */
    organization_id: z.string(),
    /** Who used it, where that is known. */
    identity: z.nullish(
      z.looseObject({
        user_id: maybeString,
        email: maybeString,
        name: maybeString,
        /** All groups of the user together are one key: adding up by group counts a row once for each of them. */
        groups: z.nullish(
          z.array(z.looseObject({ id: z.string(), /** Null when the group is gone. */ name: maybeString })),
        ),
        /** The workspace agent that used it. */
        agent: z.nullish(z.looseObject({ id: z.string(), name: maybeString })),
      }),
    ),
    /** Such as `chatgpt` or `codex`, in changing spelling. */
    product: maybeString,
    surface: maybeString,
    /** Such as `web` or `cli`. */
    client: maybeString,
    model: maybeString,
    service_tier: maybeString,
    /** How much reasoning was asked for. */
    reasoning: maybeString,
    measures: z.looseObject({
      /** Tokens, split by kind or in total, depending on the plan. */
      usage: z.nullish(
        z.looseObject({
          text_input_tokens: maybeNumber,
          text_cached_input_tokens: maybeNumber,
          text_output_tokens: maybeNumber,
          audio_input_tokens: maybeNumber,
          audio_cached_input_tokens: maybeNumber,
          audio_output_tokens: maybeNumber,
          image_input_tokens: maybeNumber,
          image_cached_input_tokens: maybeNumber,
          image_output_tokens: maybeNumber,
          text_total_tokens: maybeNumber,
          audio_total_tokens: maybeNumber,
          image_total_tokens: maybeNumber,
        }),
      ),
      /** What is charged, by article. */
      billing: z.nullish(
        z.array(
          z.looseObject({
            /** The article, as it stands on the invoice. */
            sku: z.string(),
            quantity: z.nullish(amountSchema),
            cost: z.nullish(amountSchema),
            /** Of a cost in credits, at the latest price of a credit. Often absent. */
            estimated_cost_usd: z.nullish(amountSchema),
          }),
        ),
      ),
    }),
  }),
});

/** `COSTS`: what one hour of one kind of use came to. Organizations only, three to five hours late. */
export type CostsEvent = z.infer<typeof costsEventSchema>;
