import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './event-envelope.js';
import { otherName } from './open-enum.js';

/** An event of a type this version does not know. */
export const unknownEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: otherName(['']),
});

/**
 * An event of a type this version does not know: the envelope is typed, everything else is kept and unknown. To handle
 * one by its name, compare `String(event.type)`.
 */
export type UnknownEvent = z.infer<typeof unknownEventSchema>;
