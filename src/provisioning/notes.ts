import type { Owners } from './owners.js';
import type { PlanAction, PlanNote } from './plan.js';
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
}

/** What whoever reviews a plan should know. They name nobody. */
export function notesOf({ policy, people, actions, unseen, usersPlan, owners }: Notable): readonly PlanNote[] {
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
  if (usersPlan.meantToStay > 0) {
    add(
      'meant_to_stay',
      `${usersPlan.meantToStay} accounts of the directory are not desired, and stay: service accounts, or named by \`protect.ids\` or \`protect.filter\`.`,
    );
  }
  const kinds = new Set(actions.map(({ kind }) => kind));
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
