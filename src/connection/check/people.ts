import { keyKind } from '../../errors/remedies/key-kind.js';
import { isRecord } from '../../internal/json.js';
import { type Outcome, verdictOf } from './outcome.js';
import type { Verdict, WorkspaceVerdict } from './report.js';

/** What came of asking for the people of a workspace. Either list will do: a roster reads the one that it may. */
export interface PeopleOutcomes {
  readonly compliance: Outcome;
  /** Not asked for where the key is no Admin key. */
  readonly admin: Outcome | undefined;
}

const scopes = {
  admin: 'chatgpt.enterprise.user.read',
  compliance: 'chatgpt.enterprise.compliance_export.read',
} as const;

/** Which list could be read; that of the Admin API before the other, as a roster has it. */
export function listedBy({ admin, compliance }: PeopleOutcomes): keyof typeof scopes | undefined {
  if (admin?.kind === 'answered') return 'admin';
  return compliance.kind === 'answered' ? 'compliance' : undefined;
}

/** Whether the list that a roster reads shows nobody: whoever made the workspace is in it, so nothing is known by that. */
export function showsNobody(people: PeopleOutcomes): boolean {
  const list = listedBy(people);
  const outcome = list && people[list];
  if (outcome?.kind !== 'answered' || !isRecord(outcome.body)) return false;
  const { data } = outcome.body;
  return Array.isArray(data) && data.length === 0;
}

export function peopleVerdict(people: PeopleOutcomes): Verdict {
  if (showsNobody(people)) return 'unknown';
  if (listedBy(people) !== undefined) return 'ok';
  const verdicts = [people.compliance, people.admin ?? []].flat().map(verdictOf);
  return verdicts.includes('unknown') ? 'unknown' : 'failed';
}

/** What a workspace's part of the report says of its people; an organization has none. */
export function describePeople(
  people: PeopleOutcomes | undefined,
): Pick<WorkspaceVerdict, 'members' | 'membersListedBy'> {
  if (people === undefined) return { members: 'off' };
  const list = showsNobody(people) ? undefined : listedBy(people);
  return { members: peopleVerdict(people), ...(list !== undefined && { membersListedBy: list }) };
}

/** The scopes by which people are listed, or would be: that of the Admin API an admin may tick too. */
export function memberScopes(
  results: readonly { readonly apiKey: string; readonly members: PeopleOutcomes | undefined }[],
): string {
  const lists = results.flatMap(({ apiKey, members }) =>
    members === undefined
      ? []
      : (listedBy(members) ?? (keyKind(apiKey) === 'admin_key' ? ('admin' as const) : ('compliance' as const))),
  );
  const all = (['admin', 'compliance'] as const).filter((list) => lists.includes(list));
  return (all.length === 0 ? (['compliance'] as const) : all).map((list) => scopes[list]).join(' ');
}

/** Whether a refusal of the Compliance API's list is nothing to tell: the other one can be read, or may be later. */
export function isMadeUpFor({ admin }: PeopleOutcomes, code: string): boolean {
  if (admin === undefined) return false;
  return admin.kind === 'answered' || (code === 'member_scope_missing' && verdictOf(admin) === 'unknown');
}
