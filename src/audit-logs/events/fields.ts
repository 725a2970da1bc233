import * as z from 'zod/mini';

/**
 * A field that is documented to be there. Its type says that it may be missing: nobody looks unless asked to, and a record is
 * delivered whatever was found. `documentedShape` reports it missing.
 */
export function documented<Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniOptional<Schema> {
  // For the type alone: the schema goes on demanding it.
  return schema as unknown as z.ZodMiniOptional<Schema>;
}

export const documentedString = documented(z.string());
export const documentedNumber = documented(z.number());
// Fields that may be left out, and that live records also send as null.
export const nullishString = z.nullish(z.string());
export const nullishNumber = z.nullish(z.number());
export const nullishBoolean = z.nullish(z.boolean());
export const nullishStrings = z.nullish(z.array(z.string()));
export const nullishObject = z.nullish(z.looseObject({}));
export const optionalUnknown = z.optional(z.unknown());
// The same value arrives as text in some records and as a number in others.
export const nullishStringOrNumber = z.nullish(z.union([z.string(), z.number()]));

/**
 * A name this version does not know: at run time any other string. No literal is comparable with it, so that comparing
 * `type` or `action` with a known name narrows the event, and with a misspelt one does not compile. To ask for a name that
 * came later, compare `String(event.action)`.
 */
export type OtherName = `${string} (unknown to this version)`;

/** Any string. In the type what is not known is an {@link OtherName}, so that a misspelt name does not compile. */
export function openEnum<Known extends string>() {
  return z.custom<Known | OtherName>((value) => typeof value === 'string', 'expected string');
}

/** Any string but the known ones, which have a shape of their own. */
export function otherName(known: readonly string[]) {
  return z.custom<OtherName>(
    (value) => typeof value === 'string' && !known.includes(value),
    'expected a documented shape',
  );
}

export const tokenUsageSchema = z.looseObject({
  /** Tokens in, cached ones included. */
  input_tokens: nullishNumber,
  /** Tokens out, reasoning included. */
  output_tokens: nullishNumber,
  cached_input_tokens: nullishNumber,
  reasoning_output_tokens: nullishNumber,
});

/** Tokens that one answer took. */
export type TokenUsage = z.infer<typeof tokenUsageSchema>;

export const requestMetadataSchema = z.looseObject({
  client_ip: nullishString,
  /** Where that address seems to be. */
  client_ip_details: z.nullish(
    z.looseObject({
      /** Two letters, such as `DE`. */
      country: nullishString,
      city: nullishString,
      region: nullishString,
      /** The same in short, such as `BE`. */
      region_code: nullishString,
      /** Number of the network the address belongs to. */
      asn: nullishStringOrNumber,
      /** Degrees, as text. */
      latitude: nullishStringOrNumber,
      longitude: nullishStringOrNumber,
    }),
  ),
  client_user_agent: nullishString,
  /** TLS fingerprint of the client, JA3. */
  client_ja3: nullishString,
  client_ja4: nullishString,
  destination_hostname: nullishString,
});

/** Where a request came from. Any of it may be missing. */
export type RequestMetadata = z.infer<typeof requestMetadataSchema>;
