import type { OtherName } from './fields.js';
import type { PlatformEventName, PlatformTenantEventName } from './platform-event-types.js';
import type { PlatformPayloads } from './platform-payloads.js';

// Nothing validates them, so these are interfaces. Sources: openai-node 7.57.0 for what is typed, OpenAI's samples for the rest.

/** A user as an event of the API Platform names one. */
export interface PlatformUser {
  /** Such as `user-…`. */
  readonly id?: string | undefined;
  readonly email?: string | undefined;
}

/** Someone who was signed in. */
export interface PlatformSessionActor {
  readonly type: 'session';
  readonly session?:
    | {
        readonly user?: PlatformUser | undefined;
        readonly ip_address?: string | undefined;
        readonly user_agent?: string | undefined;
        readonly ja3?: string | undefined;
        readonly ja4?: string | undefined;
        /** Where the address is, as OpenAI's samples show it: `country`, `city`, `region`, `asn` and others. */
        readonly ip_address_details?: Readonly<Record<string, unknown>> | undefined;
        readonly [field: string]: unknown;
      }
    | undefined;
}

/** A program with a key. */
export interface PlatformApiKeyActor {
  readonly type: 'api_key';
  readonly api_key?:
    | {
        /** The tracking id of the key, which is no secret. */
        readonly id?: string | undefined;
        /** Whose key it is: `user` or `service_account`. */
        readonly type?: 'user' | 'service_account' | OtherName | undefined;
        readonly user?: PlatformUser | undefined;
        readonly service_account?: { readonly id?: string | undefined } | undefined;
        readonly [field: string]: unknown;
      }
    | undefined;
}

/** An actor of a kind that this version does not know. */
export interface PlatformOtherActor {
  readonly type?: OtherName | undefined;
  readonly [field: string]: unknown;
}

/** Who did it, told apart by `type`. */
export type PlatformActor = PlatformSessionActor | PlatformApiKeyActor | PlatformOtherActor;

/** What every event of the API Platform has, besides its `type`. */
export interface PlatformEventBase {
  /** Of this event alone. */
  readonly id: string;
  /** When it happened, in seconds since 1970. Many events share one second. */
  readonly effective_at: number;
  /** Where it was done, for what belongs to a project. What an Admin key did is booked on the default project. */
  readonly project?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined;
  /** Who did it; null or absent where nobody is named. */
  readonly actor?: PlatformActor | null | undefined;
}

/** Of a tenant OpenAI publishes no payload, nor of these. Written out: to work it out costs every user's compiler. */
type WithoutShape = {
  readonly [One in
    | PlatformTenantEventName
    | 'resource.deleted'
    | 'tunnel.created'
    | 'tunnel.updated'
    | 'tunnel.deleted']?: unknown;
};

/** An event of the API Platform of a known name: `event[event.type]` is its payload, and there is no other. */
export interface KnownPlatformEvent extends PlatformEventBase, Readonly<Partial<PlatformPayloads>>, WithoutShape {
  readonly type: PlatformEventName | PlatformTenantEventName;
}

/** The event of the API Platform of one name. */
export type PlatformEventOf<One extends PlatformEventName | PlatformTenantEventName> = KnownPlatformEvent & {
  readonly type: One;
};

/** An event of the API Platform of a name that this version does not know. Compare `String(event.type)` to handle one. */
export interface UnknownPlatformEvent extends PlatformEventBase {
  readonly type: OtherName;
  readonly [field: string]: unknown;
}

/**
 * An event of the API Platform's audit log, as it was sent. Compare `type` with a name to type what stands under that name:
 * `if (event.type === 'invite.sent') event['invite.sent']?.data?.email`.
 */
export type PlatformEvent = KnownPlatformEvent | UnknownPlatformEvent;
