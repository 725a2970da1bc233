import { openAdminTransport } from '../../admin/api.js';
import { adminRefusal, permissionOf } from '../../admin/explain-admin-failure.js';
import { checkList, checkWord, read } from '../../errors/check-options.js';
import { keyKind } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { Cooldown } from '../../transport/request-gate.js';
import type { Transport } from '../../transport/transport.js';
import { isReadable } from './admin-answer.js';
import type { CheckContext } from './findings.js';
import { isOfLiveKey, isRefused, type Outcome, probe, transportProblem, verdictOf } from './outcome.js';
import type { AdminCategory, AdminVerdict, CheckQuery, ObservedCode, Verdict } from './report.js';

interface Probe {
  readonly route: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

const oneRow = [['limit', '1']] as const;
const manage = '/manage/workspaces/{workspace_id}';

/** The one request that shows whether a category may be read. Of two lists OpenAI publishes no parameter: a strict server may refuse one. */
const probes: Readonly<Record<AdminCategory, Probe>> = {
  members: { route: `${manage}/users`, query: oneRow },
  invites: { route: `${manage}/invites`, query: [] },
  groups: { route: `${manage}/groups`, query: oneRow },
  serviceAccounts: { route: `${manage}/service-accounts`, query: [] },
  usageLimits: { route: `${manage}/usage_limits/workspace`, query: [] },
  // Of all together: nobody's use is asked for.
  usage: {
    route: '/analytics/workspaces/{workspace_id}/usage',
    query: [['group', 'workspace'], ...oneRow],
  },
};

const allCategories = Object.keys(probes) as readonly AdminCategory[];

/** Which categories are asked for, and whether it is wrong where one may not be read. */
export interface AdminCheck {
  readonly categories: readonly AdminCategory[];
  readonly isRequired: boolean;
}

/** What `admin` of a check asks for. @throws InputError */
export function readAdminCheck(given: CheckQuery['admin']): AdminCheck {
  if (given === undefined || typeof given === 'boolean') {
    return { categories: given === false ? [] : allCategories, isRequired: given === true };
  }
  const named = read('`admin`', () => {
    checkList('admin', given, ' `true` is for all, `false` for none.');
    return [...given];
  });
  for (const [index, name] of named.entries())
    checkWord('a category of `admin`', name, allCategories, ['admin', index]);
  return { categories: allCategories.filter((name) => named.includes(name)), isRequired: named.length > 0 };
}

/** What came of asking for a category; not asked, where the key is no Admin key. */
export interface AdminOutcome {
  readonly category: AdminCategory;
  readonly outcome: Outcome | undefined;
}

/** A workspace, and how its Admin API is reached. */
export interface AdminAccess {
  readonly principal: AuditLogPrincipal;
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  /** Until when the workspace asks for patience, shared with the client that reads it. */
  readonly cooldownOf: ((principal: AuditLogPrincipal) => Cooldown) | undefined;
}

/** Asks for some categories of a workspace with its key, if that is an Admin key. */
export class AdminProbe {
  readonly #context: CheckContext;
  readonly #access: AdminAccess;
  readonly #transport: Transport | undefined;

  constructor(context: CheckContext, access: AdminAccess) {
    this.#context = context;
    this.#access = access;
    const { principal, apiKey, baseUrl, cooldownOf } = access;
    if (keyKind(apiKey) !== 'admin_key' || principal.type !== 'workspace') return;
    const { options, deadlineMs } = context;
    const { scim: _, auditLogs: __, admin = {}, ...both } = options;
    const limits = { timeoutMs: deadlineMs, deadlineMs, rateLimit: false } as const;
    this.#transport = openAdminTransport({
      ...both,
      ...admin,
      ...limits,
      apiKey,
      baseUrl,
      principal,
      cooldown: cooldownOf?.(principal),
    });
  }

  /** Asks once for each. */
  askAll({ categories, isRequired }: AdminCheck): Promise<readonly AdminOutcome[]> {
    const asked = this.#transport === undefined && !isRequired ? [] : categories;
    return Promise.all(asked.map(async (category) => ({ category, outcome: await this.ask(category) })));
  }

  /** Asks for one category, if the key is an Admin key. */
  async ask(category: AdminCategory): Promise<Outcome | undefined> {
    if (this.#transport === undefined) return undefined;
    const { principal, apiKey } = this.#access;
    const { route, query } = probes[category];
    const isWanted = (body: unknown) => isReadable(category, body, principal, apiKey);
    const request = { route, params: { workspace_id: principal.id }, query };
    return probe(this.#transport, request, { isWanted, otherwise: 'unexpected_answer' }, this.#context);
  }
}

/** What is known of a workspace beside its categories. */
interface AdminPlace {
  readonly principal: AuditLogPrincipal;
  readonly apiKey: string;
  readonly hasOwnKey: boolean;
  readonly isShared: boolean;
  /** What came of its logs and people. */
  readonly others: readonly Outcome[];
}

/** The lines of one workspace; what is wrong goes to the findings, where the rest of the check does not say it already. */
export function judgeAdmin(
  { findings }: CheckContext,
  { principal, apiKey, hasOwnKey, isShared, others }: AdminPlace,
  results: readonly AdminOutcome[],
  isRequired: boolean,
): readonly AdminVerdict[] {
  const isOffered = results.some(({ outcome }) => outcome !== undefined && isOfAdminApi(outcome));
  const isOpened = [...others, ...results.flatMap(({ outcome }) => outcome ?? [])].some(isOfLiveKey);
  const isRefusedWhole = !isOpened && others.some(isRefused);
  return results.map(({ category, outcome }) => {
    const permission = permissionOf(probes[category].route);
    const code = explainAdminOutcome(outcome, isOpened, isOffered);
    if (code === undefined) return { category, permission, verdict: 'ok' };
    const isSaid = isRefusedWhole || (!isRequired && others.some((other) => transportProblem(other) === code));
    const where = { principal, apiKey, hasOwnKey, isShared, isAlive: isOpened } as const;
    const place = { ...where, service: 'admin', permission, isOptional: !isRequired } as const;
    if (!isSaid) findings.add(code, place, outcome);
    return { category, permission, verdict: adminVerdict(outcome, code, isRequired, isOpened), code };
  });
}

function adminVerdict(
  outcome: Outcome | undefined,
  code: ObservedCode,
  isRequired: boolean,
  isOpened: boolean,
): Verdict {
  if (outcome === undefined) return 'failed';
  // Of a workspace that nothing is known of, nobody can say what it has.
  if (!isOpened && code === 'no_admin_api') return 'unknown';
  return !isRequired && optional.includes(code) ? 'off' : verdictOf(outcome);
}

const isAnswered = ({ kind }: Outcome) => kind === 'answered';

/** Whether there is an Admin API: it answered, or said which permission it misses. */
function isOfAdminApi(outcome: Outcome): boolean {
  const { status = 0, words = '' } = refusalOf(outcome);
  return isAnswered(outcome) || adminRefusal(status, words, 'admin_key') === 'admin_permission_missing';
}

/** What no key has to have, and no workspace. */
const optional: readonly ObservedCode[] = ['admin_permission_missing', 'admin_feature_missing', 'no_admin_api'];

function explainAdminOutcome(
  outcome: Outcome | undefined,
  isOpened: boolean,
  isOffered: boolean,
): ObservedCode | undefined {
  if (outcome === undefined) return 'not_an_admin_key';
  if (outcome.kind === 'answered') return undefined;
  const problem = transportProblem(outcome);
  if (problem !== undefined) return problem;
  const { status = 0, words = '' } = refusalOf(outcome);
  const code = adminRefusal(status, words, 'admin_key');
  // A key that opens something here is alive, and made for this workspace; and where there is something, there is the API.
  const isRefusedUnsaid = code === 'admin_key_not_allowed' || code === 'admin_api_key_refused';
  if (isRefusedUnsaid && isOpened) return 'admin_permission_missing';
  if (code === 'no_admin_api' && isOffered) return 'admin_feature_missing';
  return code ?? 'unexpected_answer';
}

function refusalOf(outcome: Outcome): { readonly status?: number; readonly words?: string | undefined } {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ResponseError)) return {};
  return { status: outcome.error.status, words: outcome.error.serverMessage() };
}
