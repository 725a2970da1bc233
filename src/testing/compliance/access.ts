import type { EmulatorRequest, EmulatorRoute } from '../routes.js';
import type { ComplianceBehaviour } from './behaviour.js';
import type { ComplianceKey, ComplianceKeyStatus, ComplianceKeys } from './keys.js';
import { type ComplianceRefusal, type PrincipalKind, refusal } from './log-query.js';
import type { RateLimiter, RateLimits } from './rate-limits.js';
import type { Workspaces } from './workspaces.js';

/** What decides whether a key may ask: the same for all that stands behind `api.chatgpt.com`. */
export interface AccessParts {
  readonly behaviour: ComplianceBehaviour;
  readonly keys: ComplianceKeys;
  readonly workspaces: Workspaces;
  readonly limiter: RateLimiter;
  readonly rateLimits: RateLimits;
}

/** Whose data is asked for, and with which key. */
export interface Principal {
  readonly key: ComplianceKey;
  readonly kind: PrincipalKind;
  readonly id: string;
}

/** The key of a request. @throws ComplianceRefusal for one that is not good for anything here. */
export function keyOf({ keys, behaviour }: AccessParts, request: EmulatorRequest): ComplianceKey {
  const key = keys.get(secretOf(request));
  if (key?.status === 'active') return key;
  const status = statusFor(key?.status, behaviour);
  throw refusal(status, status === 401 ? 'Incorrect API key provided.' : 'The API key has no access.');
}

function statusFor(key: ComplianceKeyStatus | undefined, behaviour: ComplianceBehaviour): number {
  const { expiredKeyStatus, creatorGoneStatus, notEnabledStatus } = behaviour;
  if (key === 'expired') return expiredKeyStatus;
  if (key === 'creator_gone') return creatorGoneStatus;
  return key === 'not_enabled' ? notEnabledStatus : 401;
}

/** @throws ComplianceRefusal for what there is not, and for what the key does not open. */
export function checkPrincipal({ workspaces, behaviour }: AccessParts, { key, kind, id }: Principal): void {
  const isKnown = kind === 'workspace' ? workspaces.get(id) !== undefined : workspaces.hasOrganization(id);
  const notFound = `${kind === 'workspace' ? 'Workspace' : 'Organization'} not found.`;
  if (!isKnown) throw refusal(404, notFound);
  if (opens(workspaces, key, kind, id)) return;
  const status = behaviour.otherWorkspaceStatus;
  throw refusal(status, status === 404 ? notFound : `The API key does not belong to this ${kind}.`);
}

/** An Admin key also reads what its workspace has on the route of the organization. */
function opens(workspaces: Workspaces, key: ComplianceKey, kind: PrincipalKind, id: string): boolean {
  const { workspaceId, principalIds } = key;
  if (workspaceId === undefined) return principalIds === undefined || principalIds.has(id);
  return kind === 'workspace' ? id === workspaceId : id === workspaces.get(workspaceId)?.organizationId;
}

/** @throws ComplianceRefusal for a request too many. */
export function checkRate(
  { rateLimits, limiter }: AccessParts,
  { request, id }: { readonly request: EmulatorRequest; readonly id: string },
  route: EmulatorRoute,
): void {
  const isDownload = route === 'GET /compliance/logs/{log_file_id}';
  const perMinute = isDownload ? rateLimits.downloadsPerMinute : rateLimits.requestsPerMinute;
  const wait = limiter.count(`${route} ${id} ${request.headers.get('authorization')}`, perMinute);
  if (wait !== undefined) throw refusal(429, 'Rate limit reached.', { headers: { 'retry-after': String(wait) } });
}

export function secretOf(request: EmulatorRequest): string {
  const [, secret = ''] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return secret;
}

export function scopeMissing(): ComplianceRefusal {
  return refusal(403, 'The API key lacks the scope this request needs.');
}
