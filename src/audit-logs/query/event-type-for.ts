import type {
  LogRoute,
  OrganizationEventType,
  OrganizationOnlyEventType,
  WorkspaceEventType,
  WorkspaceOnlyEventType,
} from '../schemas/event-routes.js';

/** Any event type: the known ones, and names that came later. */
export type EventTypeName = WorkspaceEventType | OrganizationEventType;

/** Which principals a client has, by its options. */
export interface PrincipalIds {
  readonly workspaceIds?: string | readonly string[] | undefined;
  readonly organizationId?: string | undefined;
}

/** The routes of a client with these options. */
type RoutesOf<Options extends PrincipalIds> =
  | (Given<Options, 'workspaceIds'> extends never ? never : 'workspace')
  | (Given<Options, 'organizationId'> extends never ? never : 'organization');

type Given<Options extends PrincipalIds, Key extends keyof PrincipalIds> = Key extends keyof Options
  ? [Exclude<Options[Key], undefined>] extends [never]
    ? never
    : Key
  : never;

/** What every route of the client is known to refuse. */
type RefusedOn<Route extends LogRoute> = [Route] extends [never]
  ? string
  : 'workspace' extends Route
    ? 'organization' extends Route
      ? never
      : OrganizationOnlyEventType
    : WorkspaceOnlyEventType;

/** What no event type can be: the compiler prints it, and with it what is missing. */
export interface RefusedEventType<Because extends string> {
  readonly '~because': Because;
}

/**
 * `Type` where one of the client's routes takes it; where all are known to refuse it, a {@link RefusedEventType} that says
 * why. Meant for `Type & EventTypeFor<Options, Type>`, where a sentence by itself would become `never`.
 */
export type EventTypeFor<Options extends PrincipalIds, Type extends string> =
  Type extends RefusedOn<RoutesOf<Options>>
    ? RefusedEventType<
        Type extends OrganizationOnlyEventType
          ? `${Type} needs organizationId in the client's options`
          : `${Type} needs workspaceIds in the client's options`
      >
    : Type;
