import type { Permission } from '../errors/input-errors.js';
import type { PatchOperation } from '../scim/schemas/common.js';
import type { ResolvedPolicy } from './policy.js';

/**
 * What would make a directory as it should be: plain data, to be written to a file, reviewed, and applied. It holds no
 * secret. It holds personal data, where {@link DirectoryPlan.personalData} says; {@link redactPlan} takes them out.
 */
export interface DirectoryPlan {
  /** Of this format. */
  readonly version: 1;
  /** The directory that was read. */
  readonly connection: PlanConnection;
  /** When reading began, as ISO 8601: the age of a plan counts from here. */
  readonly readFrom: string;
  /** When reading ended, as ISO 8601. */
  readonly readTo: string;
  /** After which a stored plan should be deleted, as ISO 8601: it holds personal data. */
  readonly deleteAfter: string;
  /** The policy it was made by, every default written out. */
  readonly policy: ResolvedPolicy;
  /** SHA-256 of `policy`, in hexadecimal. */
  readonly policyDigest: string;
  /** SHA-256 of the desired users and groups, whatever their order. */
  readonly desiredDigest: string;
  /** What is to be done, in this order. */
  readonly actions: readonly PlanAction[];
  /** What should be done and will not be, until a person has looked at it. */
  readonly held: readonly HeldAction[];
  /** How many actions the connection form does not allow, and which checkbox they lack. */
  readonly notPermitted: NotPermitted;
  /** Limits that the plan goes beyond. With one or more nothing is applied, or only additions: `policy.onBrake`. */
  readonly brakes: readonly PlanBrake[];
  /** Members of the workspaces who are not in the directory, which cannot change them; absent without `people`. */
  readonly unmanaged?: UnmanagedMembers | undefined;
  /** How much of what there is. */
  readonly totals: PlanTotals;
  /** What whoever reviews the plan should know. */
  readonly notes: readonly PlanNote[];
  /** Where personal data are, as paths in which `[]` stands for each entry of a list. */
  readonly personalData: readonly string[];
  /** Only in what {@link redactPlan} returns: it is for reading, and cannot be applied. */
  readonly redacted?: true | undefined;
  /**
   * Random, and another for each plan: without it the hash tells nobody who is in the plan. Missing in plans of versions that
   * had none.
   */
  readonly salt?: string | undefined;
  /** SHA-256 of all the rest as canonical JSON, in hexadecimal: what an approval names. */
  readonly hash: string;
}

/** Which directory was read, without what opens it. */
export interface PlanConnection {
  /** Host of the SCIM URL. */
  readonly host: string;
  /** SHA-256 of the SCIM URL, in hexadecimal: its path names the directory, and is nobody else's business. */
  readonly directory: string;
}

/** What is done to whom. */
export type PlanAction = CreateAction | ChangeAction | CreateGroupAction | MembersAction | RemovalAction;

/** What can be done. */
export type PlanActionKind = PlanAction['kind'];

/** Who or what an action is about. */
export interface PlanTarget {
  /** SCIM id; absent of what is not there yet. */
  readonly id?: string | undefined;
  /** The key of your own: the `externalId` or `userName` of a person, the `displayName` of a group. */
  readonly key: string;
  /** The `userName` of an account that changes or goes, where it is not the key. */
  readonly name?: string | undefined;
}

/** What every action has. */
export interface PlanActionBase {
  /** Short and stable: the same action has the same id in each plan. */
  readonly id: string;
  /** Why, for people. It names nobody. */
  readonly why: string;
  /** The checkboxes it takes. Without `deprovisioning` it takes nothing away from anybody. */
  readonly permission: readonly Permission[];
  /** Whether the client may do it. What it may not is skipped. */
  readonly permitted: boolean;
}

/** Creates a user, who is invited by mail. */
export interface CreateAction extends PlanActionBase {
  readonly kind: 'create';
  readonly target: PlanTarget;
  /** The resource to create. */
  readonly after: Readonly<Record<string, unknown>>;
}

/**
 * Changes a user who is there: `rename` where the `userName` becomes another, `reactivate` where the user was not active,
 * else `change`. All that changes of one person is in one action.
 */
export interface ChangeAction extends PlanActionBase {
  readonly kind: 'reactivate' | 'change' | 'rename';
  readonly target: PlanTarget & { readonly id: string };
  /** By the path of each operation, what the directory holds: `null` for nothing. */
  readonly before: Readonly<Record<string, unknown>>;
  /** By the path of each operation, what it will hold: `null` for nothing. */
  readonly after: Readonly<Record<string, unknown>>;
  /** The PATCH. */
  readonly operations: readonly PatchOperation[];
  /** What the decision was based on: {@link baselineOf} of the user as it was read. */
  readonly baseline: string;
}

/** Creates a group, without members: they are added by an action of its own. */
export interface CreateGroupAction extends PlanActionBase {
  readonly kind: 'create_group';
  readonly target: PlanTarget;
  /** The resource to create. */
  readonly after: Readonly<Record<string, unknown>>;
}

/** Adds members to a group, or removes some. */
export interface MembersAction extends PlanActionBase {
  readonly kind: 'add_members' | 'remove_members';
  /** The group; without an id where the plan creates it. */
  readonly target: PlanTarget;
  /** Who is added or removed. */
  readonly members: readonly PlannedMember[];
  /**
   * Whether these people change from one group to another: it takes both permissions, and removes nobody whom the other
   * half did not add.
   */
  readonly swap: boolean;
  /** How many members the group showed; absent of one that is not there yet, or shows none. */
  readonly before?: { readonly members: number } | undefined;
  /** {@link baselineOf} the group as it was read; absent where the plan creates it. */
  readonly baseline?: string | undefined;
}

/** A member of a group. */
export interface PlannedMember {
  /** SCIM id; absent where the plan creates the person. */
  readonly id?: string | undefined;
  /** The key of the person. */
  readonly key: string;
}

/** Keeps a user from signing in, or deletes the account, which cannot be undone. */
export interface RemovalAction extends PlanActionBase {
  readonly kind: 'deactivate' | 'delete';
  readonly target: PlanTarget & { readonly id: string };
  /** {@link baselineOf} the user as it was read. */
  readonly baseline: string;
}

/** What should be done, and is left to a person. */
export interface HeldAction {
  readonly kind: PlanActionKind;
  readonly target: PlanTarget;
  /** Of members of a group: who. */
  readonly members?: readonly PlannedMember[] | undefined;
  readonly reason: HeldReason;
  /** Ids of the accounts in the directory that it is about, where `target` is not all. */
  readonly ids?: readonly string[] | undefined;
  /** What to do. It names nobody. */
  readonly remedy: string;
}

/** Why something is held. */
export type HeldReason =
  /** It is not known who owns the workspace: there is no roster, or not a whole one. */
  | 'owners_unknown'
  /** An owner of a workspace. */
  | 'owner'
  /** A service account; or a person would get the account of one, or the reverse. */
  | 'service_account'
  /** In `protect.ids`, or `protect.filter` matches. */
  | 'protected'
  /** The maker of the key that this program runs with: without the account the key is dead. */
  | 'key_creator'
  /** `protect.keyCreator` names nobody in the directory: whoever made the key may be any of them. */
  | 'key_creator_unknown'
  /** Several accounts of the directory may be the one. */
  | 'several_accounts'
  /** Two entries of the desired state are one person, or one group. */
  | 'desired_twice'
  /** The account with this `userName` has another `externalId`, or is somebody else's by its own: the address moved. */
  | 'address_moved'
  /** An account is like it but for spaces, letters, case or a domain in front, or has only the key that does not count. */
  | 'alike'
  /** Somebody would be removed and somebody created who may be the same person, by name or address. */
  | 'looks_like_rename'
  /** `managed` leaves the account out. */
  | 'not_managed'
  /** The list was not whole: what it did not show may be there. */
  | 'list_incomplete'
  /** The server would refuse it, or misread it. */
  | 'invalid'
  /** The directory does not show who is in the group. */
  | 'members_hidden'
  /** No person has this key, or two have it. */
  | 'member_unknown'
  /** The person is held, and so is what becomes of the membership. */
  | 'member_held'
  /** The other half of a change from one group to another is held. */
  | 'swap_held'
  /** The group with this `externalId` has another name. */
  | 'group_renamed'
  /** Of a plan that undoes another: it cannot be undone by a plan. */
  | 'no_inverse'
  /** Of a plan that undoes another: somebody has changed it since. */
  | 'changed_since'
  /** Of a plan that undoes another: it is not known whether it was done. */
  | 'outcome_unknown';

/** How many actions are marked `permitted: false`. */
export interface NotPermitted {
  readonly count: number;
  /** The checkboxes that would permit all of them. */
  readonly missing: readonly Permission[];
}

/** A limit of the policy that a plan goes beyond. */
export interface PlanBrake {
  readonly name: BrakeName;
  /** The most, of `desired_share` the least, that is let through: people, members, or a share from 0 to 1. */
  readonly limit: number;
  /** What was found, in the same unit. */
  readonly found: number;
  /** Of `members_per_group`: the groups that go beyond it. */
  readonly groups?: readonly PlanTarget[] | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** The names of the limits. */
export type BrakeName =
  /** `limits.removals`: people who are deactivated, deleted, or lose a group, each once. */
  | 'removals'
  /** `limits.removalShare` of the active managed people, from `limits.shareFrom` of them on. */
  | 'removal_share'
  /** `limits.membersPerGroup`: members removed from one group. */
  | 'members_per_group'
  /** No desired user at all: that is no order to remove everybody. */
  | 'empty_desired'
  /** `limits.minDesiredShare`: so few are desired that the list is more likely cut short. */
  | 'desired_share'
  /** The directory could not be read whole. */
  | 'incomplete_list';

/** Members of the workspaces whom the directory does not have. */
export interface UnmanagedMembers {
  readonly count: number;
  /** `user-…`, as the workspace names them. */
  readonly userIds: readonly string[];
}

/** How much of what there is. */
export interface PlanTotals {
  /** Users in the directory. */
  readonly liveUsers: number;
  /** Groups in the directory; 0 where no group is desired, as they are not read then. */
  readonly liveGroups: number;
  /** Users that are active, managed and no service accounts: what shares are shares of. */
  readonly activeManaged: number;
  readonly desiredUsers: number;
  readonly desiredGroups: number;
  /** Desired users who are as they should be. */
  readonly unchangedUsers: number;
  /** Actions by kind. */
  readonly actions: Readonly<Record<PlanActionKind, number>>;
  /** People who are deactivated, deleted, or lose a group, each once, as far as it is permitted. */
  readonly removals: number;
  readonly held: number;
  /** Invitations that the server will send. */
  readonly mails: number;
}

/** Something to know before approving. */
export interface PlanNote {
  readonly code: PlanNoteCode;
  /** It names nobody. */
  readonly message: string;
}

/** What a note is about. */
export type PlanNoteCode =
  | 'key_creator_unnamed'
  | 'key_creator_not_found'
  | 'protected_id_not_found'
  | 'owners_unknown'
  | 'owner_not_in_directory'
  | 'list_incomplete'
  | 'attribute_not_shown'
  | 'members_hidden'
  | 'members_unknown_to_directory'
  | 'cannot_be_undone'
  | 'absent_left_alone'
  | 'meant_to_stay'
  | 'direct_access';
