import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import { documented, documentedNumber, documentedString, nullishNumber, nullishString } from './fields.js';

const amountSchema = z.looseObject({
  value: documentedNumber,
  /** Such as `tokens`, `CREDITS` or `USD`. */
  unit: documentedString,
});

/** A number and what it counts. */
export type Amount = z.infer<typeof amountSchema>;

export const costsEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('COSTS'),
  payload: documented(
    z.looseObject({
      /** UTC date, `YYYY-MM-DD`. */
      day: documentedString,
      /** UTC hour, 0 to 23. */
      hour: documentedNumber,
      organization_id: documentedString,
      /** Who used it, where that is known. */
      identity: z.nullish(
        z.looseObject({
          user_id: nullishString,
          email: nullishString,
          name: nullishString,
          /** All groups of the user together are one key: adding up by group counts a row once for each of them. */
          groups: z.nullish(
            z.array(
              z.looseObject({
                id: documentedString,
                /** Null when the group is gone. */
                name: nullishString,
              }),
            ),
          ),
          agent: z.nullish(z.looseObject({ id: documentedString, name: nullishString })),
        }),
      ),
      /** Such as `chatgpt` or `codex`, in changing spelling. */
      product: nullishString,
      surface: nullishString,
      /** Such as `web` or `cli`. */
      client: nullishString,
      model: nullishString,
      service_tier: nullishString,
      reasoning: nullishString,
      measures: documented(
        z.looseObject({
          /** Tokens by kind, with cached input apart, or in total, depending on the plan. */
          usage: z.nullish(
            z.looseObject({
              text_input_tokens: nullishNumber,
              text_cached_input_tokens: nullishNumber,
              text_output_tokens: nullishNumber,
              audio_input_tokens: nullishNumber,
              audio_cached_input_tokens: nullishNumber,
              audio_output_tokens: nullishNumber,
              image_input_tokens: nullishNumber,
              image_cached_input_tokens: nullishNumber,
              image_output_tokens: nullishNumber,
              text_total_tokens: nullishNumber,
              audio_total_tokens: nullishNumber,
              image_total_tokens: nullishNumber,
            }),
          ),
          billing: z.nullish(
            z.array(
              z.looseObject({
                /** The article, as it stands on the invoice. */
                sku: documentedString,
                quantity: z.nullish(amountSchema),
                cost: z.nullish(amountSchema),
                /** Of a cost in credits, at the latest price of a credit. Often absent. */
                estimated_cost_usd: z.nullish(amountSchema),
              }),
            ),
          ),
        }),
      ),
    }),
  ),
});

/** `COSTS`: what one hour of one kind of use came to. Organizations only, three to five hours late. */
export type CostsEvent = z.infer<typeof costsEventSchema>;
