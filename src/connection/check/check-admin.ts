import { openAdminTransport } from '../../admin/api.js';
import { adminRefusal, permissionOf } from '../../admin/explain-admin-failure.js';
import { checkList, checkWord, read } from '../../errors/check-options.js';
import { keyKind } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { isReadable } from './admin-answer.js';
import type { CheckContext } from './findings.js';
import { type Outcome, probe, refusalStatus, transportProblem, verdictOf } from './outcome.js';
import type { AdminCategory, AdminVerdict, CheckQuery, ObservedCode } from './report.js';

interface Probe {
  readonly route: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

const oneRow = [['limit', '1']] as const;
const manage = '/manage/workspaces/{workspace_id}';

/** The one request that shows whether a category may be read. */
const probes: Readonly<Record<AdminCategory, Probe>> = {
  members: { route: `${manage}/users`, query: oneRow },
  groups: { route: `${manage}/groups`, query: oneRow },
  serviceAccounts: { route: `${manage}/service-accounts`, query: oneRow },
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

/** Asks for each category once, with the key of the workspace, if it is an Admin key. */
export async function probeAdmin(
  context: CheckContext,
  principal: AuditLogPrincipal,
  { apiKey, baseUrl }: { readonly apiKey: string; readonly baseUrl: string | undefined },
  { categories, isRequired }: AdminCheck,
): Promise<readonly AdminOutcome[]> {
  if (keyKind(apiKey) !== 'admin_key') {
    return isRequired ? categories.map((category) => ({ category, outcome: undefined })) : [];
  }
  const { options, deadlineMs } = context;
  const { scim: _, auditLogs: __, admin = {}, ...both } = options;
  const limits = { timeoutMs: deadlineMs, deadlineMs, rateLimit: false } as const;
  const transport = openAdminTransport({ ...both, ...admin, ...limits, apiKey, baseUrl });
  return Promise.all(
    categories.map(async (category) => {
      const { route, query } = probes[category];
      const isWanted = (body: unknown) => isReadable(category, body, principal, apiKey);
      const request = { route, params: { workspace_id: principal.id }, query };
      const expected = { isWanted, otherwise: 'unexpected_answer' } as const;
      return { category, outcome: await probe(transport, request, expected, context) };
    }),
  );
}

/** What is known of a workspace beside its categories. */
interface AdminPlace {
  readonly principal: AuditLogPrincipal;
  readonly hasOwnKey: boolean;
  /** What came of its logs and people. */
  readonly others: readonly Outcome[];
}

/** The lines of one workspace; what is wrong goes to the findings, where the rest of the check does not say it already. */
export function judgeAdmin(
  { findings }: CheckContext,
  { principal, hasOwnKey, others }: AdminPlace,
  results: readonly AdminOutcome[],
  isRequired: boolean,
): readonly AdminVerdict[] {
  const isOffered = results.some(({ outcome }) => outcome?.kind === 'answered');
  const isOpened = isOffered || others.some(({ kind }) => kind === 'answered');
  const isRefusedWhole = !isOpened && others.some((other) => [401, 403, 404].includes(refusalStatus(other) ?? 0));
  return results.map(({ category, outcome }) => {
    const permission = permissionOf(probes[category].route);
    const code = explainAdminOutcome(outcome, isOpened, isOffered);
    if (code === undefined) return { category, permission, verdict: 'ok' };
    const isSaid = isRefusedWhole || (!isRequired && others.some((other) => transportProblem(other) === code));
    const place = { service: 'admin', principal, hasOwnKey, permission, isOptional: !isRequired } as const;
    if (!isSaid) findings.add(code, place, outcome);
    const isOff = !isRequired && optional.includes(code);
    const verdict = outcome === undefined ? 'failed' : isOff ? 'off' : verdictOf(outcome);
    return { category, permission, verdict, code };
  });
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
  if (code === 'admin_key_not_allowed' && isOpened) return 'admin_permission_missing';
  if (code === 'no_admin_api' && isOffered) return 'admin_feature_missing';
  return code ?? 'unexpected_answer';
}

function refusalOf(outcome: Outcome): { readonly status?: number; readonly words?: string | undefined } {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ResponseError)) return {};
  return { status: outcome.error.status, words: outcome.error.serverMessage() };
}
