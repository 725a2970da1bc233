import { isRecord } from '../../internal/json.js';
import type { Draft } from './draft.js';

type Values = Readonly<Record<string, unknown>>;

const aboutPeople = /^(?:tenant\.)?(?:user|membership|invite|api_organization_invite|chatgpt_workspace_invite)\./;

/**
 * Names the person, the program or the group that an event is about. What they are called in an event of a tenant OpenAI has not
 * published: there the fields are those of its relatives. All of them stay in the payload too.
 */
export function nameWhom(type: string, payload: Values, draft: Draft): void {
  if (aboutPeople.test(type)) {
    // An invitation has an id of its own.
    const isInvitation = type.includes('invite.');
    draft.target(first(draft, payload.user_id, isInvitation ? undefined : payload.id));
    nameAddress(payload, draft);
  } else if (/^(?:tenant\.)?service_account\./.test(type)) {
    if (!type.includes('.token.')) draft.target(first(draft, payload.id));
  } else if (/^(?:tenant\.)?group\./.test(type)) nameGroup(type.includes('.member.'), payload, draft);
  else if (/\.(?:resource_)?role_assignment\.|^role\.assignment\./.test(type)) {
    const id = first(draft, payload.principal_id);
    if (payload.principal_type === 'user') draft.target(id);
    else if (payload.principal_type === 'group' && id !== undefined) draft.document.group = { id };
  }
}

function nameGroup(isOfMember: boolean, payload: Values, draft: Draft): void {
  const id = first(draft, payload.group_id, isOfMember ? undefined : payload.id);
  const given = part(payload.data, draft);
  const asked = part(payload.changes_requested, draft);
  const name = first(draft, payload.group_name, given.group_name, asked.group_name, payload.name);
  if (id !== undefined || name !== undefined) {
    draft.document.group = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
  }
  if (!isOfMember) return;
  draft.target(first(draft, payload.user_id, payload.member_id));
  nameAddress(payload, draft);
}

function nameAddress(payload: Values, draft: Draft): void {
  if (!draft.tellsEmails) return;
  const address = first(draft, payload.email, payload.user_email, part(payload.data, draft).email);
  draft.targetEmail(address);
  draft.related(address);
}

function first(draft: Draft, ...values: readonly unknown[]): string | undefined {
  return values.find((value) => draft.tells(value)) as string | undefined;
}

function part(value: unknown, draft: Draft): Values {
  return isRecord(value) ? draft.sieve.own(value) : {};
}
