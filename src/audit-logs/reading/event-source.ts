import { createPrivateTag } from '../../internal/private-tag.js';
import type { AuditLogFile } from '../files/log-file.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { EventIssue } from '../validator.js';

/** Where an event came from. */
export interface AuditLogEventSource {
  /** Whose log it stands in. */
  readonly principal: AuditLogPrincipal;
  /** The file it stands in, as the service lists it. */
  readonly file: AuditLogFile;
  /** Line number in the file, from 1. */
  readonly line: number;
}

interface Origin extends AuditLogEventSource {
  readonly issues: readonly EventIssue[] | undefined;
}

const originTag = /* @__PURE__ */ createPrivateTag<Origin>();

/** Notes on an event where it came from. */
export function tagOrigin(event: object, origin: Origin): void {
  originTag.set(event, origin);
}

/**
 * Tells where an event came from: whose log, which file, which line. `undefined` for an object that no iteration of this
 * client delivered, such as a copy of an event.
 *
 * @example
 * ```ts
 * import { AuditLogClient, sourceOf } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '8f5d…' });
 * for await (const event of client.events({ eventTypes: ['AUTH_LOG'] })) {
 *   console.log(event.event_id, sourceOf(event)?.file.id, sourceOf(event)?.line);
 * }
 * ```
 */
export function sourceOf(event: object): AuditLogEventSource | undefined {
  const origin = originTag.get(event);
  if (origin === undefined) return undefined;
  const { principal, file, line } = origin;
  return { principal, file, line };
}

/**
 * Tells what of an event does not fit its documented shape, as far as the query's `validate` looks. Empty when all is
 * well, and for a copy of an event.
 *
 * @example
 * ```ts
 * import { AuditLogClient, documentedShape, issuesOf } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * for await (const event of client.events({ eventTypes: ['AUTH_LOG'], validate: documentedShape })) {
 *   for (const { path, message } of issuesOf(event)) console.warn(event.event_id, path.join('.'), message);
 * }
 * ```
 */
export function issuesOf(event: object): readonly EventIssue[] {
  return originTag.get(event)?.issues ?? [];
}
