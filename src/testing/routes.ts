export const scimRoutes = [
  'GET /',
  'GET /Users',
  'POST /Users',
  'GET /Users/{id}',
  'PUT /Users/{id}',
  'PATCH /Users/{id}',
  'DELETE /Users/{id}',
  'GET /Groups',
  'POST /Groups',
  'GET /Groups/{id}',
  'PUT /Groups/{id}',
  'PATCH /Groups/{id}',
  'DELETE /Groups/{id}',
  'POST /.search',
  'POST /Users/.search',
  'POST /Groups/.search',
  'POST /Bulk',
  'GET /ServiceProviderConfig',
  'GET /ServiceProviderConfigs',
  'GET /ResourceTypes',
  'GET /ResourceTypes/{name}',
  'GET /Schemas',
  'GET /Schemas/{urn}',
  'GET /Me',
  'PUT /Me',
  'PATCH /Me',
  'DELETE /Me',
  'POST /Me',
] as const;

/** Routes of the SCIM side, named as in RFC 7644 §3.2. `GET /` is the query over all types. */
export type ScimRoute = (typeof scimRoutes)[number];

const complianceRoutes = [
  'GET /compliance/logs',
  'GET /compliance/logs/{log_file_id}',
  'GET /compliance/max_event_time',
  'GET /compliance/users',
  'GET /compliance/invites',
  'GET /compliance/conversations',
] as const;

/** Routes of the Compliance side. A workspace and an organisation share a name. */
export type ComplianceRoute = (typeof complianceRoutes)[number];

export const adminRoutes = [
  'GET /manage/users',
  'GET /manage/users/{id}',
  'GET /manage/users/{id}/groups',
  'GET /manage/invites',
  'GET /manage/invites/{id}',
  'GET /manage/groups',
  'GET /manage/groups/{id}',
  'GET /manage/groups/{id}/users',
  'GET /manage/service-accounts',
  'GET /manage/service-accounts/{id}',
  'GET /manage/service-accounts/{id}/credentials',
  'GET /manage/usage_limits/workspace',
  'GET /manage/usage_limits/groups',
  'GET /manage/usage_limits/groups/{id}',
  'GET /manage/usage_limits/users',
  'GET /manage/usage_limits/users/{id}',
  'GET /manage/usage_limits/users/{id}/monthly-usage',
  'GET /manage/usage_limits/requests',
  'GET /analytics/usage',
] as const;

/** Routes of the Admin side, `/v1/manage/workspaces/{workspace_id}/…` and `/v1/analytics/…`, named without the workspace. */
export type AdminRoute = (typeof adminRoutes)[number];

/** Routes of the platform side, named without the version: what the organization of the API Platform logs. */
export type PlatformRoute = 'GET /organization/audit_logs';

/** Downloads from the origin of the signed URLs. */
export type StorageRoute = 'GET /storage/{file}';

export const tokenRoute = 'POST /oauth/token';

/** The token endpoint of the SCIM side, where it has one. */
export type TokenRoute = typeof tokenRoute;

/** A route of the emulator, as it is named in faults and in the request log. */
export type EmulatorRoute = ScimRoute | ComplianceRoute | AdminRoute | PlatformRoute | StorageRoute | TokenRoute;

export const emulatorRoutes: readonly EmulatorRoute[] = [
  ...scimRoutes,
  ...complianceRoutes,
  ...adminRoutes,
  'GET /organization/audit_logs',
  'GET /storage/{file}',
  tokenRoute,
];

/** Whose request it is: the Compliance side and the Admin side share an origin, as they do at OpenAI. */
export type EmulatorService = 'scim' | 'compliance' | 'admin' | 'platform' | 'storage';

/** Which of the two a path of their origin belongs to. */
export function serviceOfApi(path: string): 'compliance' | 'admin' {
  return /^\/v1\/(?:manage|analytics)\//.test(path) ? 'admin' : 'compliance';
}

/** Where the services are reached: invented hosts in process, loopback ports when listening. */
export interface Origins {
  readonly scim: string;
  readonly compliance: string;
  readonly platform: string;
  readonly storage: string;
}

/** A request as the routes see it: read whole, whatever brought it. */
export interface EmulatorRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The body as text; empty when there is none. */
  readonly body: string;
  /** Absent when no service lives at that origin. */
  readonly service: EmulatorService | undefined;
  /** What links in the answer are built on. */
  readonly origins: Origins;
  readonly signal?: AbortSignal | undefined;
}

/** How an answer travels, where it does not simply arrive. */
export interface Delivery {
  /** The connection is cut: before the answer, or after this many bytes of its body. */
  readonly cut?: 'before_answer' | { readonly afterBytes: number } | undefined;
  /** The body arrives in pieces of `bytes` with `delayMs` before each. */
  readonly slow?: { readonly bytes: number; readonly delayMs: number } | undefined;
}

/** What a route says, before it becomes a `Response` or a socket's bytes: plain, so that a fault can edit it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, `undefined` sends nothing, anything else is sent as JSON. */
  readonly body?: unknown;
  readonly delivery?: Delivery | undefined;
}

/** What a service makes of a request's path. */
export type RouteMatch = { readonly route: EmulatorRoute; readonly params: readonly string[] } | undefined;

/** One of the services behind the emulator. */
export interface Service {
  match(request: EmulatorRequest): RouteMatch;
  handle(request: EmulatorRequest, route: EmulatorRoute, params: readonly string[]): Answer | Promise<Answer>;
  /** An error in the service's own shape. */
  error(status: number, detail: string): Answer;
}

/** A path segment without percent-encoding; as it is where the encoding is broken. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
