import * as z from 'zod/mini';

// Fields that may be left out, and that live records also send as null.
export const maybeString = z.nullish(z.string());
export const maybeNumber = z.nullish(z.number());
export const maybeBoolean = z.nullish(z.boolean());
export const maybeStrings = z.nullish(z.array(z.string()));
export const maybeObject = z.nullish(z.looseObject({}));
export const maybeUnknown = z.optional(z.unknown());
// The same value arrives as text in some records and as a number in others.
export const maybeStringOrNumber = z.nullish(z.union([z.string(), z.number()]));
