import type {
  OrganizationEventType,
  OrganizationOnlyEventType,
  organizationEventTypes,
  WorkspaceEventType,
  WorkspaceOnlyEventType,
  workspaceEventTypes,
} from './events/event-types.js';
import type { PlatformLogType, platformLogTypes } from './events/platform-event-types.js';

// Which event types a client can be asked for, by the options that it was made with.

/** Any event type: the known ones, and names that came later. */
export type EventTypeName = WorkspaceEventType | OrganizationEventType | PlatformLogType;

type IdName = 'workspaceIds' | 'organizationId';

/** Which of the ids a client's options give. Without any they come with a record of keys, where each may be of either kind. */
type GivenIds<Options> = [NamedIds<Options>] extends [never] ? IdName : NamedIds<Options>;

type NameOfPrincipal = IdName | 'platform';

type NamedIds<Options> = {
  [Key in keyof Options & NameOfPrincipal]-?: [Exclude<Options[Key], undefined>] extends [never] ? never : Key;
}[keyof Options & NameOfPrincipal];

/** What `'all'` asks for of a client with these options. */
export type AllEventTypes<Options> =
  | ('workspaceIds' extends GivenIds<Options> ? (typeof workspaceEventTypes)[number] : never)
  | ('organizationId' extends GivenIds<Options> ? (typeof organizationEventTypes)[number] : never)
  | ('platform' extends GivenIds<Options> ? (typeof platformLogTypes)[number] : never);

/** What no event type can be: the compiler prints it, and with it what is missing. */
export type RefusedEventType<Because extends string> = string & { readonly '~because': Because };

/**
 * `Type` where a client with these options can read it, else a {@link RefusedEventType} that says why. A client that may have
 * all of them reads every type, also one that is not known yet: `T` in a function of your own.
 */
export type EventTypeFor<Options, Type extends string> =
  NameOfPrincipal extends GivenIds<Options> ? Type : ReadableEventType<Options, Type>;

type ReadableEventType<Options, Type extends string> = Type extends PlatformLogType
  ? 'platform' extends GivenIds<Options>
    ? Type
    : RefusedEventType<`${Type} needs platform in the client's options`>
  : Type extends OrganizationOnlyEventType
    ? 'organizationId' extends GivenIds<Options>
      ? Type
      : RefusedEventType<`${Type} needs organizationId in the client's options`>
    : Type extends WorkspaceOnlyEventType
      ? 'workspaceIds' extends GivenIds<Options>
        ? Type
        : RefusedEventType<`${Type} needs workspaceIds in the client's options`>
      : Type;
