import { platformPayloads, tenantTypes } from './samples/platform.js';

/** An event of the API Platform's audit log. What is particular about it stands under its own type. */
export interface PlatformLogEvent {
  /** `audit_log-…`, of this event alone. */
  readonly id: string;
  /** Such as `api_key.created`. */
  readonly type: string;
  /** Seconds since the epoch; many events may share one. */
  readonly effective_at: number;
  /** Who did it, where that is known. */
  readonly actor?: Readonly<Record<string, unknown>> | null | undefined;
  /** Where it was done, for what belongs to a project. */
  readonly project?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined;
  /** Under the event's own type, such as `event['api_key.created']`, what is particular about it. */
  readonly [payload: string]: unknown;
}

/** Every documented type, those of the tenant last. */
export const platformTypes: readonly string[] = [...Object.keys(platformPayloads), ...tenantTypes];
