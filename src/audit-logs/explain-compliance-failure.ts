import { conversationPermission } from '../errors/menus.js';
import {
  complianceRemedies,
  complianceRequestRemedies,
  forbidden,
  peopleMissing,
} from '../errors/remedies/compliance.js';
import { forbiddenReason, type KeyKind, keyKind } from '../errors/remedies/key-kind.js';
import { networkRemedies } from '../errors/remedies/network.js';
import { type OtherKeys, withOthers } from '../errors/remedies/other-keys.js';
import { explain, ofKind, type Remedy } from '../errors/remedies/remedy.js';
import type { ResponseError } from '../errors/response-errors.js';
import type { Credential } from '../transport/options.js';
import type { Explain, Failure } from '../transport/response-failure.js';
import { isRetryableStatus } from '../transport/retry.js';

/** What a person can do about a refusal of the Compliance API (OpenAI Help Center, "Compliance API" and "Admin keys"). */
export function explainComplianceFailure(apiKey: Credential, others?: OtherKeys): Explain {
  // Its kind alone, and not the key. What a function gives is not known here.
  const kind = typeof apiKey === 'string' ? keyKind(apiKey) : undefined;
  return (failure) => {
    const remedy = remedyFor(failure, kind);
    if (remedy === undefined) return undefined;
    const known = mayBeAnothers(failure) ? others : undefined;
    return { remedy: withOthers(remedy, known, { status: failure.status, kind }) };
  };
}

/** Whether a refusal may mean that the key is that of another workspace. */
function mayBeAnothers({ status, bodyKind, route, serverMessage = '' }: Failure): boolean {
  if (bodyKind === 'html') return false;
  if (status === 401) return true;
  if (status === 404) return !route.includes('{log_file_id}');
  return status === 403 && !isReason(forbiddenReason(serverMessage));
}

/** Whether it is said what is wrong, and that is not whose key it is. */
function isReason(reason: ReturnType<typeof forbiddenReason>): boolean {
  return reason === 'ip_not_allowed' || reason === 'scope_missing';
}

/** OpenAI gives these to keys that an owner made. */
export const logsOfOwners: readonly string[] = ['CONVERSATION_MESSAGE'];

function refused(kind: KeyKind | undefined): Remedy {
  if (kind === undefined) return complianceRemedies.compliance_key_refused;
  return complianceRemedies[`${kind}_refused`];
}

function remedyFor(
  { status, bodyKind, route, serverMessage = '' }: Failure,
  kind: KeyKind | undefined,
): string | undefined {
  if (status === 401) return explain(refused(kind));
  if (bodyKind === 'html' && (status === 403 || status === 404)) return explain(networkRemedies.web_page_answered);
  switch (status) {
    case 400:
      if (/-scoped event type/i.test(serverMessage)) return complianceRequestRemedies.wrong_route;
      return /event_type/i.test(serverMessage)
        ? explain(complianceRemedies.event_type_refused)
        : complianceRequestRemedies.bad_request;
    case 403:
      return explainForbidden(route, serverMessage, kind);
    case 404:
      return route.includes('{log_file_id}')
        ? complianceRequestRemedies.file_expired
        : explain(complianceRemedies.workspace_unknown);
    case 410:
      return complianceRequestRemedies.gone;
    case 422:
      return complianceRequestRemedies.unprocessable;
    case 429:
      return complianceRequestRemedies.rate_limited;
    default:
      return isRetryableStatus(status) ? complianceRequestRemedies.outage : undefined;
  }
}

function explainForbidden(route: string, serverMessage: string, kind: KeyKind | undefined): string {
  const reason = forbiddenReason(serverMessage);
  if (reason === undefined) return forbidden(kind, askedBy(route));
  if (reason !== 'scope_missing') return explain(complianceRemedies[reason]);
  const asked = askedBy(route);
  // Of what nobody here knows, the permission is not known either.
  if (asked === 'other') return forbidden(kind, asked);
  return asked === 'people' ? peopleMissing(kind) : explain(ofKind(complianceRemedies.log_scope_missing, kind));
}

function askedBy(route: string): 'log' | 'people' | 'other' {
  if (/\/(?:logs|max_event_time)(?:\/|$)/.test(route)) return 'log';
  return route.endsWith('/users') ? 'people' : 'other';
}

/**
 * What is to be said of the event type that was refused: the service allows and refuses each by itself, and a reader of several
 * must be told which. Undefined where the refusal is about more than that.
 */
export function ofEventType(error: ResponseError, eventType: string, apiKey: Credential): string | undefined {
  const { status } = error;
  const reason = forbiddenReason(error.serverMessage() ?? '');
  // What is not written like one may be anything.
  if (![400, 403].includes(status) || !/^[A-Z_]{1,40}$/.test(eventType)) return undefined;
  if (status === 403 && reason !== undefined && reason !== 'scope_missing') return undefined;
  // An older key has no owner: OpenAI gives it its permissions.
  const isOlder = typeof apiKey === 'string' && keyKind(apiKey) === 'project_key';
  const owner =
    status === 403 && !isOlder && logsOfOwners.includes(eventType)
      ? ` It takes a key made by an owner (${conversationPermission}).`
      : '';
  return status === 403 && reason === undefined
    ? `It was asked for ${eventType}. If other event types can be read with this key, it is the permission for this one that is missing, and \`eventTypes\` can list the others alone.${owner}`
    : `It was asked for ${eventType}; further types may be refused too.${owner} To read without it, list the others in \`eventTypes\`.`;
}
