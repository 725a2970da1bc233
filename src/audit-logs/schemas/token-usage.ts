import * as z from 'zod/mini';
import { maybeNumber } from './maybe.js';

/** Tokens that one answer took. */
export const tokenUsageSchema = z.looseObject({
  /** Tokens in, cached ones included. */
  input_tokens: maybeNumber,
  /** Tokens out, reasoning included. */
  output_tokens: maybeNumber,
  /** The part of the input that was cached. */
  cached_input_tokens: maybeNumber,
  /** The part of the output that was reasoning. */
  reasoning_output_tokens: maybeNumber,
});

/** Tokens that one answer took. */
export type TokenUsage = z.infer<typeof tokenUsageSchema>;
