import { createPrivateTag } from '../../internal/private-tag.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AuditLogFile } from '../files/log-file.js';
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

export function tagOrigin(event: object, origin: Origin): void {
  originTag.set(event, origin);
}

/** Where an event came from: whose log, which file, which line. `undefined` for what was not delivered, such as a copy. */
export function sourceOf(event: object): AuditLogEventSource | undefined {
  const origin = originTag.get(event);
  if (origin === undefined) return undefined;
  const { principal, file, line } = origin;
  return { principal, file, line };
}

/** What of an event is not as documented, as far as the query's `validate` checks. Empty for a copy of an event. */
export function issuesOf(event: object): readonly EventIssue[] {
  return originTag.get(event)?.issues ?? [];
}
