import {
  checkChoice,
  checkList,
  checkNumber,
  checkOptions,
  checkText,
  type OptionNames,
} from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import type { Filter } from '../scim/filter/filter.js';
import { formatFilter } from '../scim/filter/format.js';
import { parseFilter } from '../scim/filter/parse.js';

/** An attribute by which a person is found again. */
export type PersonKey = 'externalId' | 'userName';

/** What a plan may do. Every part has a default, and every default is the careful one. */
export interface PlanPolicy {
  /**
   * By which attribute a person is found in the directory, the first before the second. One alone: an account that has only
   * the other is nobody's, and held. @default ['externalId', 'userName']
   */
  readonly key?: PersonKey | readonly PersonKey[] | undefined;
  /**
   * Which users of the directory the desired state governs, as a SCIM filter. Others are never changed.
   * Service accounts are among them, and stay all the same (`protect.serviceAccounts`). @default everyone
   */
  readonly managed?: Filter | string | undefined;
  /**
   * What becomes of a managed, active user who is not in the desired state. `deactivate` can be undone, `delete` cannot.
   * @default 'deactivate'
   */
  readonly removal?: 'deactivate' | 'delete' | 'none' | undefined;
  /**
   * `exact`: a desired group has the desired members and no other managed, active people. `additive`: members are only added.
   * Groups that are not desired are left alone. @default 'exact'
   */
  readonly membership?: 'exact' | 'additive' | undefined;
  /**
   * What to do with a group that shows no members, on a server that shows those of no group: `hold`, or `add` all of them in
   * every plan, and remove nobody. @default 'hold'
   */
  readonly hiddenMembers?: 'hold' | 'add' | undefined;
  /** Beyond which a plan is not applied without a further approval. */
  readonly limits?: PlanLimits | undefined;
  /** Who is never removed: not deactivated, not deleted, and taken out of no group. */
  readonly protect?: PlanProtection | undefined;
  /**
   * Where it is not known who owns the workspace: `hold` every removal, or `allow` them. @default 'hold'
   */
  readonly ownersUnknown?: 'hold' | 'allow' | undefined;
  /** Beyond a limit: `refuse` the whole plan, or apply what takes nothing away. @default 'refuse' */
  readonly onBrake?: 'refuse' | 'additions-only' | undefined;
  /** Names of attributes that are not compared once the user is there, as those that the server drops. @default [] */
  readonly ignoreAttributes?: readonly string[] | undefined;
  /** After how many days a stored plan should be deleted. @default 30 */
  readonly keepDays?: number | undefined;
}

/** Limits of one plan. A higher one is approved for a plan by its hash, or written here for all of them. */
export interface PlanLimits {
  /** People who may be deactivated, deleted, or lose a group, each counted once. @default 10 */
  readonly removals?: number | undefined;
  /** The same as a share of the active managed people, from 0 to 1. @default 0.05 */
  readonly removalShare?: number | undefined;
  /** Number of active managed people from which on `removalShare` counts. @default 100 */
  readonly shareFrom?: number | undefined;
  /** Members who may be removed from one group. @default 10 */
  readonly membersPerGroup?: number | undefined;
  /**
   * Least number of desired, active people as a share of the active managed ones, from 0 to 1. Not with `removal: 'none'`.
   * @default 0.8
   */
  readonly minDesiredShare?: number | undefined;
}

/** Who is never removed. */
export interface PlanProtection {
  /** SCIM ids. Whoever of them is not desired is counted in a note; so is an id that nobody has. @default [] */
  readonly ids?: readonly string[] | undefined;
  /** A SCIM filter, such as `userType eq "BreakGlass"`. */
  readonly filter?: Filter | string | undefined;
  /**
   * Who made the Admin or Compliance API key that runs this program, by SCIM id, `userName` or `externalId`: with the
   * account the key would die. No route tells it.
   */
  readonly keyCreator?: string | undefined;
  /**
   * Service accounts are protected, but for those whose SCIM ids are named here. Those that are not desired are counted in a
   * note, and not held. @default true
   */
  readonly serviceAccounts?: true | { readonly except: readonly string[] } | undefined;
}

/** A policy with every default written out, as plain data. */
export interface ResolvedPolicy {
  readonly key: readonly PersonKey[];
  /** As the text of a filter; `null` for everyone. */
  readonly managed: string | null;
  readonly removal: 'deactivate' | 'delete' | 'none';
  readonly membership: 'exact' | 'additive';
  readonly hiddenMembers: 'hold' | 'add';
  readonly limits: Readonly<Record<keyof PlanLimits, number>>;
  readonly protect: {
    readonly ids: readonly string[];
    readonly filter: string | null;
    readonly keyCreator: string | null;
    /** SCIM ids of service accounts that are not protected. */
    readonly unprotectedServiceAccounts: readonly string[];
  };
  readonly ownersUnknown: 'hold' | 'allow';
  readonly onBrake: 'refuse' | 'additions-only';
  readonly ignoreAttributes: readonly string[];
  readonly keepDays: number;
}

const policyNames: OptionNames<PlanPolicy> = {
  key: true,
  managed: true,
  removal: true,
  membership: true,
  hiddenMembers: true,
  limits: true,
  protect: true,
  ownersUnknown: true,
  onBrake: true,
  ignoreAttributes: true,
  keepDays: true,
};
const limitNames: OptionNames<PlanLimits> = {
  removals: true,
  removalShare: true,
  shareFrom: true,
  membersPerGroup: true,
  minDesiredShare: true,
};
const protectionNames: OptionNames<PlanProtection> = {
  ids: true,
  filter: true,
  keyCreator: true,
  serviceAccounts: true,
};
const keys: readonly PersonKey[] = ['externalId', 'userName'];

/**
 * The policy as a plan records it, so that two can be compared.
 *
 * @throws InputError for an option that there is not, or a value that makes no sense.
 */
export function resolvePolicy(given: PlanPolicy | undefined): ResolvedPolicy {
  const policy = checkOptions<PlanPolicy>('the policy', given, policyNames);
  const { removal = 'deactivate', membership = 'exact', hiddenMembers = 'hold' } = policy;
  const { ownersUnknown = 'hold', onBrake = 'refuse', keepDays = 30 } = policy;
  return {
    key: keysOf(policy.key),
    managed: filterText(policy.managed),
    removal: checkChoice('removal', removal, ['deactivate', 'delete', 'none']),
    membership: checkChoice('membership', membership, ['exact', 'additive']),
    hiddenMembers: checkChoice('hiddenMembers', hiddenMembers, ['hold', 'add']),
    limits: limitsOf(policy.limits),
    protect: protectionOf(policy.protect),
    ownersUnknown: checkChoice('ownersUnknown', ownersUnknown, ['hold', 'allow']),
    onBrake: checkChoice('onBrake', onBrake, ['refuse', 'additions-only']),
    ignoreAttributes: textsOf('ignoreAttributes', policy.ignoreAttributes),
    keepDays: checkNumber('keepDays', keepDays),
  };
}

function keysOf(given: PlanPolicy['key'] = keys): readonly PersonKey[] {
  // `Array.isArray` does not narrow a list that cannot be changed.
  const list = (typeof given === 'string' ? [given] : given) as readonly PersonKey[];
  checkList('key', list);
  for (const key of list) checkChoice('key', key, keys);
  if (list.length > 0) return [...new Set(list)];
  throw new InputError('`key` must name an attribute.', { path: ['key'], remedy: 'Leave it out for both of them.' });
}

function limitsOf(given: PlanLimits | undefined): ResolvedPolicy['limits'] {
  const limits = checkOptions<PlanLimits>('`limits`', given, limitNames);
  const { removals = 10, removalShare = 0.05, shareFrom = 100, membersPerGroup = 10, minDesiredShare = 0.8 } = limits;
  return {
    removals: checkNumber('limits.removals', removals, 0),
    removalShare: checkShare('limits.removalShare', removalShare),
    shareFrom: checkNumber('limits.shareFrom', shareFrom, 0),
    membersPerGroup: checkNumber('limits.membersPerGroup', membersPerGroup, 0),
    minDesiredShare: checkShare('limits.minDesiredShare', minDesiredShare),
  };
}

/** @throws InputError for what is no share. */
export function checkShare(name: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new InputError(`\`${name}\` must be a share, from 0 to 1.`, {
    path: name.split('.'),
    remedy: 'Write 0.05 for five percent.',
  });
}

function protectionOf(given: PlanProtection | undefined): ResolvedPolicy['protect'] {
  const protect = checkOptions<PlanProtection>('`protect`', given, protectionNames);
  const { keyCreator, serviceAccounts = true } = protect;
  if (keyCreator !== undefined) checkText('protect.keyCreator', keyCreator);
  if (keyCreator?.trim() === '') {
    throw new InputError('`protect.keyCreator` is empty.', {
      path: ['protect', 'keyCreator'],
      remedy: 'Name whoever made the key, or leave it out: an environment variable may not be set.',
    });
  }
  return {
    ids: textsOf('protect.ids', protect.ids),
    filter: filterText(protect.filter),
    keyCreator: keyCreator ?? null,
    unprotectedServiceAccounts: exceptionsOf(serviceAccounts),
  };
}

function exceptionsOf(given: NonNullable<PlanProtection['serviceAccounts']>): readonly string[] {
  if (given === true) return [];
  if (!isRecord(given)) {
    throw new InputError('`protect.serviceAccounts` cannot be switched off for all of them.', {
      path: ['protect', 'serviceAccounts'],
      remedy: 'Name those that may be removed by their SCIM ids: `{ except: [id] }`.',
    });
  }
  const { except } = checkOptions<{ readonly except: readonly string[] }>('`protect.serviceAccounts`', given, {
    except: true,
  });
  return textsOf('protect.serviceAccounts.except', except);
}

/** In one order: that of a list of names means nothing. */
function textsOf(name: string, given: readonly string[] = []): readonly string[] {
  checkList(name, given);
  for (const text of given) checkText(name, text);
  return [...new Set(given)].sort();
}

function filterText(given: Filter | string | undefined): string | null {
  if (given === undefined) return null;
  // Read and written again, so that two spellings of one filter are one.
  return formatFilter(parseFilter(typeof given === 'string' ? given : formatFilter(given)));
}
