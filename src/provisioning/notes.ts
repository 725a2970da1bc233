import { isServiceAccount } from '../scim/schemas/service-account.js';
import type { Owners } from './owners.js';
import type { PlanAction, PlanTarget } from './plan.js';
import type { PlanNote } from './plan-note.js';
import type { UsersPlan } from './plan-users.js';
import type { ResolvedPolicy } from './policy.js';
import type { LivePeople } from './read-directory.js';

/** What notes are made of. */
export interface Notable {
  readonly policy: ResolvedPolicy;
  readonly people: LivePeople;
  readonly actions: readonly PlanAction[];
  readonly unseen: ReadonlySet<string>;
  readonly usersPlan: UsersPlan;
  readonly owners: Owners;
  readonly stillMembers: readonly PlanTarget[];
}

/** What whoever reviews a plan should know. They name nobody. */
export function notesOf({
  policy,
  people,
  actions,
  unseen,
  usersPlan,
  owners,
  stillMembers,
}: Notable): readonly PlanNote[] {
  const notes: PlanNote[] = [...owners.notes];
  const add = (code: PlanNote['code'], message: string) => notes.push({ code, message });
  const { protect } = policy;
  if (protect.keyCreator === null) {
    add(
      'key_creator_unnamed',
      'Who made the API key of this program is not known, and no route tells it. If that account goes, the key dies: name it in `protect.keyCreator`.',
    );
  } else if (!people.hasKeyCreator) {
    add(
      'key_creator_not_found',
      'Nobody active in the directory has the id, `userName` or `externalId` of `protect.keyCreator`: every removal is held.',
    );
  }
  const strangers = [...protect.ids, ...protect.unprotectedServiceAccounts].filter((id) => !people.byId.has(id));
  if (strangers.length > 0) {
    add(
      'protected_id_not_found',
      `${strangers.length} ids of \`protect\` are of nobody in the directory. They must be SCIM ids.`,
    );
  }
  if (people.isIncomplete) add('list_incomplete', 'The list of users was not whole: nobody is removed or created.');
  const changed = new Set(actions.flatMap((action) => ('operations' in action ? Object.keys(action.after) : [])));
  const dropped = [...unseen].filter((name) => [...changed].some((path) => isIn(path, name))).sort();
  if (dropped.length > 0) {
    add(
      'attribute_not_shown',
      `The directory shows these for nobody: ${dropped.join(', ')}. If it still shows none after this plan, it drops them: name them in \`ignoreAttributes\`.`,
    );
  }
  if (usersPlan.leftAlone > 0) {
    add(
      'absent_left_alone',
      `${usersPlan.leftAlone} people of the directory are not desired, and stay: \`removal\` is 'none'.`,
    );
  }
  if (usersPlan.meantToStay.length > 0) {
    add(
      'meant_to_stay',
      `${usersPlan.meantToStay.length} accounts of the directory are not desired, and stay: service accounts, or named by \`protect.ids\` or \`protect.filter\`.`,
    );
  }
  if (stillMembers.length > 0) {
    add(
      'still_member',
      `${stillMembers.length} people are not active in the directory, and active members of a workspace: invited directly, or by another group; or the list of members lags behind. Remove these there by hand, where they should go.`,
    );
  }
  const kinds = new Set(actions.map(({ kind }) => kind));
  const groupless = createdIntoNoGroup(actions);
  if (groupless > 0) {
    add(
      'in_no_group',
      `People who are created and put into no group: ${groupless}. In the directory of a whole tenant nobody has a product until a group of theirs has Product access. What a group gives may show some minutes later, with an identity provider in between up to 40.`,
    );
  }
  if (kinds.has('create_group')) {
    add(
      'group_may_exist',
      'A group that the directory does not show, as one that was made in ChatGPT or by another program, may have the name of one that is created: a workspace takes it over then, and elsewhere there may be two. Let one program look after each group.',
    );
  }
  if (kinds.has('create') || kinds.has('delete')) {
    add('cannot_be_undone', 'An invitation mail that was sent and an account that was deleted cannot be taken back.');
  }
  if (kinds.has('deactivate') || kinds.has('delete') || kinds.has('remove_members')) {
    add(
      'direct_access',
      'Whoever was invited directly, or has access by another group, keeps it: look at the members of the workspace afterwards.',
    );
  }
  return notes;
}

function isIn(path: string, name: string): boolean {
  const [one, other] = [path.toLowerCase(), name.toLowerCase()];
  return one === other || one.startsWith(`${other}.`) || one.startsWith(`${other}:`);
}

/** How many people are created whom nothing in the plan adds to a group. */
function createdIntoNoGroup(actions: readonly PlanAction[]): number {
  const joining = new Set(
    actions.flatMap((action) => (action.kind === 'add_members' ? action.members : [])).map(keyOf),
  );
  return actions.filter(
    (action) =>
      action.kind === 'create' &&
      !isServiceAccount({ userType: action.after.userType }) &&
      !joining.has(action.target.key),
  ).length;
}

/** Of those alone who have no account yet. */
function keyOf({ id, key }: PlanTarget): string | undefined {
  return id === undefined ? key : undefined;
}
