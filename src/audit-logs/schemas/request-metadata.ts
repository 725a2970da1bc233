import * as z from 'zod/mini';
import { maybeString, maybeStringOrNumber } from './maybe.js';

/** Where a request came from. Any of it may be missing. */
export const requestMetadataSchema = z.looseObject({
  /** Address of the client. */
  client_ip: maybeString,
  /** Where that address seems to be. */
  client_ip_details: z.nullish(
    z.looseObject({
      /** Two letters, such as `DE`. */
      country: maybeString,
      /** Town. */
      city: maybeString,
      /** Part of the country. */
      region: maybeString,
      /** The same in short, such as `BE`. */
      region_code: maybeString,
      /** Number of the network the address belongs to. */
      asn: maybeStringOrNumber,
      /** Degrees, as text. */
      latitude: maybeStringOrNumber,
      /** Degrees, as text. */
      longitude: maybeStringOrNumber,
    }),
  ),
  /** What the client calls itself. */
  client_user_agent: maybeString,
  /** TLS fingerprint of the client, JA3. */
  client_ja3: maybeString,
  /** TLS fingerprint of the client, JA4. */
  client_ja4: maybeString,
  /** Host the request was sent to. */
  destination_hostname: maybeString,
});

/** Where a request came from. Any of it may be missing. */
export type RequestMetadata = z.infer<typeof requestMetadataSchema>;
