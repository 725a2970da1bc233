import type { Person, Rule, RuleOf, Rules, Thing } from '../rule.js';

/** Where the name of a thing stands: in the payload, in what was given, or in what was asked for. */
export const name = ['name', 'data.name', 'changes_requested.name'] as const;

export const role: Thing = ['role', 'id', ['role_name', 'changes_requested.role_name', 'name']];
export const serviceAccount: Person = { id: 'id', type: 'service account' };
export const someone: Person = { id: ['user_id', 'id'], email: ['email', 'user_email', 'data.email'] };
export const invitee: Person = { email: ['email', 'user_email', 'data.email'] };

const ofGroup = {
  id: ['group_id', 'id'],
  name: ['group_name', 'data.group_name', 'changes_requested.group_name', 'name'],
} as const;

export function account(activity: RuleOf<'account_change'>['activity'], user: Person | 'actor'): Rule {
  return { class: 'account_change', activity, user };
}

/** Of a key or a token; whose it is, the record does not say. */
export function credential(field: string): Rule {
  return account('other', { credential: field, type: 'API key' });
}

export function group(activity: RuleOf<'group_management'>['activity']): Rule {
  return { class: 'group_management', activity, group: ofGroup };
}

export function member(activity: 'add_user' | 'remove_user'): Rule {
  return {
    class: 'group_management',
    activity,
    group: { ...ofGroup, id: 'group_id' },
    user: { id: ['user_id', 'member_id'], email: ['email', 'user_email'] },
  };
}

/** Which role was given, the record does not say, so that it is no change of a user's privileges. */
export function assignment(activity: 'create' | 'delete'): Rules {
  const rule = { class: 'entity_management', activity, entity: ['role assignment', 'id'] } as const;
  return [
    { ...rule, where: 'principal_type', is: 'user', user: { id: 'principal_id' } },
    { ...rule, where: 'principal_type', is: 'group', group: 'principal_id' },
    rule,
  ];
}
