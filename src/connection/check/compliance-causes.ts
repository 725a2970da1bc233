import { forbiddenReason } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { type Outcome, refusalStatus, transportProblem } from './outcome.js';
import type { CredentialVerdict, ObservedCode } from './report.js';

/** What there is to tell by why the Compliance API refused something. */
interface Evidence {
  readonly status: number;
  /** What the service says of the reason. Mostly it says nothing of use. */
  readonly words: ReturnType<typeof forbiddenReason> | 'event_type';
  /** What the key starts like. Both Admin keys start alike, and so do both keys of platform.openai.com. */
  readonly looksLike: CredentialVerdict['looksLike'];
  readonly of: AuditLogPrincipal['type'];
  readonly asked: 'people' | 'log_of_owners' | 'log';
  /** What the same key opened, or lacks a scope for: something of the same workspace or organization, another workspace, or several. */
  readonly keyOpens: 'this' | 'another' | 'several' | 'nothing';
  /** Of several workspaces, all are answered with this status, whatever was asked. */
  readonly isEverywhere: boolean;
  /** All that the Compliance API was asked of this workspace or organization is answered with 404. */
  readonly isNowhere: boolean;
}

type When = { readonly [Fact in keyof Evidence]?: Evidence[Fact] | readonly Evidence[Fact][] };

/**
 * Which evidence leads to which finding; the first that fits. OpenAI does not publish which status each of these has: an
 * expired key, or one whose creator left, may be answered 401 or 403; an older key before OpenAI enables it, too; another
 * workspace's any of 401, 403 and 404. So each finding names all that its evidence leaves possible, in one order: expired, the creator
 * gone, revoked, mistyped, made for another workspace, permission not ticked, an owner's key needed, then other kinds of keys.
 *
 * Nothing on the wire says when a key will expire, so nothing here does.
 */
const causes: readonly (readonly [code: ObservedCode, when: When])[] = [
  ['ip_not_allowed', { status: 403, words: 'ip_not_allowed' }],
  ['event_type_refused', { status: [400, 422], words: 'event_type' }],

  // The key opens this workspace: it is alive, and made for it, whatever the status says.
  ['member_scope_missing', { status: [401, 403], keyOpens: 'this', asked: 'people' }],
  ['log_scope_missing', { status: [401, 403], keyOpens: 'this', asked: 'log_of_owners', looksLike: 'project_key' }],
  ['owner_key_needed', { status: [401, 403], keyOpens: 'this', asked: 'log_of_owners' }],
  ['log_scope_missing', { status: [401, 403], keyOpens: 'this' }],
  ['no_compliance_api', { status: 404, keyOpens: 'this', isNowhere: true, of: 'workspace' }],

  // It opens another one: it is alive. An Admin key opens one workspace only.
  [
    'key_of_another_workspace',
    { status: [401, 403, 404], keyOpens: 'another', of: 'workspace', looksLike: 'admin_key' },
  ],
  ['organization_not_allowed', { status: [401, 403], keyOpens: ['another', 'several'], of: 'organization' }],
  ['key_not_of_this_workspace', { status: 403, words: 'key_not_of_this_workspace', of: 'workspace' }],
  ['workspace_of_another_organization', { status: [401, 403], keyOpens: ['another', 'several'] }],

  // It opens nothing.
  ['admin_key_refused', { status: 401, looksLike: 'admin_key' }],
  ['project_key_refused', { status: 401, looksLike: 'project_key' }],
  ['compliance_key_refused', { status: 401 }],
  ['workspace_of_another_organization', { status: 403, words: 'workspace_of_another_organization' }],
  ['nothing_allowed', { status: 403, looksLike: 'admin_key' }],
  ['compliance_key_not_enabled', { status: 403, looksLike: 'project_key' }],
  ['key_not_allowed', { status: 403 }],
  ['no_workspace_known', { status: 404, isEverywhere: true, of: 'workspace' }],
  ['workspace_unknown', { status: 404, keyOpens: ['nothing', 'another', 'several'] }],
];

/** Says why the Compliance API did not give what was asked for; undefined where it did, or was not asked. */
export function explainComplianceOutcome(
  outcome: Outcome,
  others: Omit<Evidence, 'status' | 'words'>,
): ObservedCode | undefined {
  if (outcome.kind === 'answered') return undefined;
  const problem = transportProblem(outcome);
  const status = refusalStatus(outcome);
  if (problem !== undefined || status === undefined) return problem;
  const evidence: Evidence = { ...others, status, words: wordsOf(outcome) };
  return causes.find(([, when]) => isWhen(when, evidence))?.[0] ?? 'unexpected_answer';
}

function isWhen(when: When, evidence: Evidence): boolean {
  const facts: Readonly<Record<string, unknown>> = { ...evidence };
  return Object.entries(when).every(([fact, wanted]) => [wanted].flat().some((one) => one === facts[fact]));
}

function wordsOf(outcome: Outcome): Evidence['words'] {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ResponseError)) return undefined;
  const words = outcome.error.serverMessage() ?? '';
  return /event.?type/i.test(words) ? 'event_type' : forbiddenReason(words);
}
