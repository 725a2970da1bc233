import type { EventTypeOn, LogRoute, OrganizationEventType, WorkspaceEventType } from '../schemas/event-routes.js';

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

/** `Type` where one of the client's routes takes it, `never` where all are known to refuse it. */
export type EventTypeFor<Options extends PrincipalIds, Type extends string> = OnAny<RoutesOf<Options>, Type>;

type OnAny<Route extends LogRoute, Type extends string> = Route extends LogRoute ? EventTypeOn<Route, Type> : never;
