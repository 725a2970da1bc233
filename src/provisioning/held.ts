import type { HeldReason } from './plan.js';

/** What to do about a group that is held, where it is not what would be done about a person. */
export const heldGroupRemedies: Partial<Readonly<Record<HeldReason, string>>> = {
  desired_twice: 'Leave one of the two groups, or give each a `displayName` and an `externalId` of its own.',
  several_accounts:
    'Find out which of these groups is the one in use, then rename or remove the others, or correct their `externalId`.',
  address_moved:
    'The group of this name has another `externalId`. Find out whose group it is, then correct the one in the desired state or in the directory.',
};

/** What to do about something that is held. They name nobody. */
export const heldRemedies: Readonly<Record<HeldReason, string>> = {
  owners_unknown:
    "Give `people: connection.roster()` with a Compliance API key that can read the members of every workspace, or set `ownersUnknown: 'allow'` in the policy.",
  owner:
    'Give the workspace another owner first, or take the role away in ChatGPT. Then plan again. Or remove the person by hand.',
  service_account:
    'A program is behind it. If it is no longer needed, name its id in `protect.serviceAccounts.except`. A person needs a `userName` and an `externalId` of their own.',
  protected: 'The policy protects it. Take it out of `protect`, if it may go.',
  key_creator:
    'Make a new API key with the account of somebody who stays, put it into the connection, and name its maker in `protect.keyCreator`.',
  key_creator_unknown:
    'Name the account in `protect.keyCreator` as the directory has it by now, best by its SCIM id, which stays. If whoever made the key has no account in this directory, leave `keyCreator` out.',
  several_accounts:
    'Find out which of these accounts is the one in use, then deactivate the others, or correct their `externalId` and `userName`.',
  desired_twice: 'Leave one of the two entries, or give each a `userName` and an `externalId` of its own.',
  address_moved:
    'Find out whose account it is. If the person has a new number, correct the `externalId` of the account; if the address went to somebody else, rename the account of its former owner first.',
  alike:
    'Compare the two by hand. Write the key in the desired state as the directory has it, or correct it in the directory.',
  looks_like_rename:
    'If it is one person, give the desired entry the `externalId` of the account, or the reverse. If they are two, deactivate the account, or create the other, by hand.',
  not_managed: 'Widen `managed`, or leave the person out of the desired state.',
  list_incomplete: 'Plan again. If it stays so, ask whoever runs the directory why its list is not whole.',
  invalid: 'Correct the entry in the desired state.',
  members_hidden:
    "This directory shows no members. Look in its own console; if the group is empty, or members may be added again in each plan, set `hiddenMembers: 'add'`.",
  member_unknown: 'Write the `externalId` or the `userName` of one person of the desired users, and of one alone.',
  member_held: 'Settle first what holds the person.',
  swap_held: 'Settle first what holds the other half: the person would have both groups, or none.',
  no_inverse:
    'Do it by hand, if it is wanted: an account that was deleted comes back only as a new one, and a group goes only in the console.',
  changed_since: 'Find out who changed it after the plan was applied, and settle it by hand.',
  outcome_unknown:
    'Apply the plan again with its journal: it looks up what became of this. Then make a plan to undo it once more.',
  group_renamed: 'Write the name as the directory has it, or rename the group by hand.',
};
