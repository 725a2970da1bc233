import { isSameButForCase } from '../scim/filter/compare.js';
import { hasOtherExternalId, keyText } from '../scim/natural-keys.js';
import { isAlike } from '../scim/proven-filters.js';
import type { Resource } from '../scim/schemas/common.js';
import type { WantedUser } from './desired.js';
import { type Alike, allOf, KeyForms, none } from './key-forms.js';
import type { HeldReason } from './plan.js';
import type { PersonKey } from './policy.js';

/** An account of the directory, as far as it is kept: the row itself is not, where it is as it should be. */
export interface LiveUser {
  readonly id: string;
  /** The first of its keys that the policy names. */
  readonly key: string;
  readonly isActive: boolean;
  readonly isServiceAccount: boolean;
  readonly isManaged: boolean;
  /** Why it is never removed, by the directory alone. */
  readonly protectedBy: HeldReason | undefined;
  /** The row, of one that differs or that nobody claims. */
  readonly row?: Resource | undefined;
  /** Whether it is the account of a desired user, or may be. */
  isClaimed: boolean;
  /** Whether it is said what becomes of it. */
  isSettled: boolean;
  /** Whether it is the account of a desired user who stays active. */
  isStaying: boolean;
}

/** A row that may be the account of a desired user. */
interface Candidate {
  readonly live: LiveUser;
  readonly byExternalId: boolean;
  readonly byName: boolean;
  /** By another key it is, or may be, the account of another desired user. */
  readonly isOthers: boolean;
  /** It has another `externalId`, which differs in spaces or case alone. */
  readonly isAlike: boolean;
  readonly rank: number;
}

/** What became of a desired user. */
export type Match =
  | { readonly kind: 'account'; readonly live: LiveUser }
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'held';
      readonly reason: HeldReason;
      readonly lives: readonly LiveUser[];
      /** Of `address_moved`: accounts that have the address, and a key that nobody desired has. */
      readonly leavers?: readonly LiveUser[] | undefined;
    };

/** Which desired users a row may be the account of, by index. */
export interface Claims {
  readonly byExternalId: number | undefined;
  readonly byName: number | undefined;
  readonly alike: readonly number[];
}

const otherRank = 4;

/**
 * Finds the accounts of the desired users among rows that come one by one, by the rules of `upsert`: an exact `externalId`,
 * a `userName` but for case, an active account before one that is not; and where that is not one account, nobody.
 */
export class PeopleIndex {
  readonly #wanted: readonly WantedUser[];
  readonly #keys: readonly PersonKey[];
  readonly #ids = new KeyForms('externalId');
  readonly #names = new KeyForms('userName');
  readonly #twice = new Set<number>();
  /** The first account that has every key of an entry, and none of another: so it is for most. */
  readonly #sole: (LiveUser | undefined)[];
  readonly #candidates: (Candidate[] | undefined)[] = [];
  readonly #alike = new Map<number, LiveUser[]>();
  readonly #livesByTwin = new Map<number, readonly LiveUser[]>();

  constructor(wanted: readonly WantedUser[], keys: readonly PersonKey[]) {
    this.#wanted = wanted;
    this.#keys = keys;
    this.#sole = new Array(wanted.length);
    for (const [index, { externalId, userName }] of wanted.entries()) {
      if (externalId !== '') this.#markTwins(index, this.#ids.enter(externalId, index));
      this.#markTwins(index, this.#names.enter(userName, index));
    }
    this.#markSharedKeys();
  }

  /** The key by which a plan names a desired user. */
  keyOf({ externalId, userName }: WantedUser): string {
    return this.#keys[0] === 'externalId' && externalId !== '' ? externalId : userName;
  }

  /** The desired user that a key of your own means: `several` where it means two. */
  find(key: string): number | 'several' | undefined {
    const one = this.#exactId(this.#ids.like(key), key);
    const other = this.#exactName(this.#names.like(key), key);
    if (one !== undefined && other !== undefined && one !== other) return 'several';
    return one ?? other;
  }

  /** Whom the keys of a row name. */
  claimsOf(row: Resource): Claims {
    const [externalId, userName] = [keyText(row, 'externalId'), keyText(row, 'userName')];
    const sole = this.#soleOwnerOf(externalId, userName);
    if (sole !== undefined) return { byExternalId: sole, byName: sole, alike: none };
    const [likeId, likeName] = [this.#ids.like(externalId), this.#names.like(userName)];
    const byExternalId = this.#exactId(likeId, externalId);
    const byName = this.#exactName(likeName, userName);
    // Whoever has an exact key is not merely alike.
    if (byExternalId !== undefined && byName !== undefined) return { byExternalId, byName, alike: none };
    const alike = new Set([...allOf(likeId), ...allOf(likeName)]);
    for (const exact of [byExternalId, byName]) if (exact !== undefined) alike.delete(exact);
    return { byExternalId, byName, alike: alike.size === 0 ? none : [...alike] };
  }

  /** Takes note of a row, and of whom it may belong to. */
  add(live: LiveUser, row: Resource, { byExternalId, byName, alike }: Claims): void {
    if (byName !== undefined && byName === byExternalId && alike.length === 0 && this.#isFirst(byName)) {
      this.#sole[byName] = live;
      live.isClaimed = true;
      return;
    }
    const isSplit = byExternalId !== undefined && byName !== undefined && byExternalId !== byName;
    const isShared = isSplit || alike.length > 0;
    for (const index of byExternalId === byName ? [byName] : [byExternalId, byName]) {
      const wanted = index === undefined ? undefined : this.#wanted[index];
      if (index === undefined || wanted === undefined) continue;
      const isSameId = byExternalId === index;
      const hasAllKeys = byName === index && (isSameId || wanted.externalId === '');
      const isOther = hasOtherExternalId(row, { externalId: wanted.externalId });
      const candidate: Candidate = {
        live,
        byExternalId: isSameId,
        byName: byName === index,
        isOthers: isShared,
        isAlike: isOther && isAlike('externalId', row.externalId, wanted.externalId),
        rank: isOther ? otherRank : (live.isActive ? 0 : 2) + (hasAllKeys ? 0 : 1),
      };
      const known = this.#candidates[index];
      if (known === undefined) this.#candidates[index] = [candidate];
      else known.push(candidate);
      live.isClaimed = true;
    }
    for (const index of alike) {
      append(this.#alike, index, live);
      live.isClaimed = true;
    }
  }

  /** Once all rows were added. */
  matchOf(index: number): Match {
    // Of two entries for one person, which of them has the account says nothing.
    if (this.#twice.has(index)) return { kind: 'held', reason: 'desired_twice', lives: this.#livesOfTwins(index) };
    const alike = this.#alike.get(index) ?? none;
    const sole = this.#sole[index];
    // One account with all keys: so it is for most, and all that follows would find no other.
    if (sole?.isActive && this.#candidates[index] === undefined && alike.length === 0)
      return { kind: 'account', live: sole };
    const candidates = this.#candidatesOf(index);
    const held = (reason: HeldReason): Match => ({ kind: 'held', reason, lives: unique(this.#livesOf(index)) });
    const byId = best(candidates.filter(({ byExternalId }) => byExternalId));
    const byName = best(candidates.filter((candidate) => candidate.byName));
    const isCertain = [...byId, ...byName].some(({ rank }) => rank === 0);
    const rivals = candidates.filter(({ rank, live }) => !isCertain && rank === otherRank && live.isActive);
    const named = [...new Set([...byId, ...byName, ...rivals])];
    const [found, ...others] = named;
    if (named.some((one) => one.isOthers || isMoved(one))) {
      const leavers = candidates.filter((one) => isMoved(one) && !one.isOthers).map(({ live }) => live);
      return { kind: 'held', reason: 'address_moved', lives: unique(this.#livesOf(index)), leavers };
    }
    if (named.some((one) => one.isAlike)) return held('alike');
    if (others.length > 0) return held('several_accounts');
    // What is alike counts where no account has the key itself.
    const isInDoubt = alike.length > 0 && (byId.length === 0 || byName.length === 0) && !isCertain;
    if (isInDoubt && alike.some((live) => live !== found?.live)) return held('alike');
    if (found === undefined) return { kind: 'nobody' };
    const counts = this.#keys.some((key) => (key === 'externalId' ? found.byExternalId : found.byName));
    return counts ? { kind: 'account', live: found.live } : held('alike');
  }

  #isFirst(index: number): boolean {
    return this.#sole[index] === undefined && this.#candidates[index] === undefined;
  }

  #candidatesOf(index: number): readonly Candidate[] {
    const others = this.#candidates[index] ?? [];
    const live = this.#sole[index];
    if (live === undefined) return others;
    return [
      { live, byExternalId: true, byName: true, isOthers: false, isAlike: false, rank: live.isActive ? 0 : 2 },
      ...others,
    ];
  }

  #livesOf(index: number): readonly LiveUser[] {
    return [...this.#candidatesOf(index).map(({ live }) => live), ...(this.#alike.get(index) ?? [])];
  }

  /** The accounts of all entries that share a key with this one, or with one that does: whatever their order. */
  #livesOfTwins(index: number): readonly LiveUser[] {
    const known = this.#livesByTwin.get(index);
    if (known !== undefined) return known;
    const twins = new Set([index]);
    const seen = new Set<readonly number[]>();
    // A set is walked through to its end, with what is added on the way.
    for (const one of twins) {
      const { externalId = '', userName = '' } = this.#wanted[one] ?? {};
      for (const alike of [
        this.#ids.like(externalId),
        this.#names.like(userName),
        this.#ids.like(userName),
        this.#names.like(externalId),
      ]) {
        if (typeof alike === 'number') twins.add(alike);
        if (typeof alike === 'number' || seen.has(alike)) continue;
        seen.add(alike);
        for (const twin of alike) twins.add(twin);
      }
    }
    const lives = unique([...twins].flatMap((one) => this.#livesOf(one)));
    for (const one of twins) this.#livesByTwin.set(one, lives);
    return lives;
  }

  /** The desired user who has both keys and shares neither with another: so it is for most. */
  #soleOwnerOf(externalId: string, userName: string): number | undefined {
    const index = this.#ids.guess(externalId);
    if (index === undefined || this.#twice.has(index)) return undefined;
    return this.#wanted[index]?.externalId === externalId && this.#hasName(index, userName) ? index : undefined;
  }

  /** Of two with one key the first: both are held. */
  #exactId(alike: Alike, externalId: string): number | undefined {
    if (typeof alike !== 'number') return alike.find((index) => this.#wanted[index]?.externalId === externalId);
    return this.#wanted[alike]?.externalId === externalId ? alike : undefined;
  }

  #exactName(alike: Alike, userName: string): number | undefined {
    if (typeof alike !== 'number') return alike.find((index) => this.#hasName(index, userName));
    return this.#hasName(alike, userName) ? alike : undefined;
  }

  #hasName(index: number, userName: string): boolean {
    return isSameButForCase(this.#wanted[index]?.userName ?? '', userName);
  }

  /** Where one is named by a `userName` that is the `externalId` of another, a plan could take the one for the other. */
  #markSharedKeys(): void {
    if (this.#keys[0] !== 'externalId') return;
    for (const [index, { externalId, userName }] of this.#wanted.entries()) {
      if (externalId !== '') continue;
      for (const one of allOf(this.#ids.like(userName))) this.#markTwins(index, one);
    }
  }

  /** Two that differ in case, spaces or a domain alone may be one person, too. */
  #markTwins(index: number, other: number | undefined): void {
    if (other !== undefined) this.#twice.add(index).add(other);
  }
}

function isMoved({ rank, isAlike }: Candidate): boolean {
  return rank === otherRank && !isAlike;
}

function best(candidates: readonly Candidate[]): readonly Candidate[] {
  const least = Math.min(...candidates.map(({ rank }) => rank));
  return candidates.filter(({ rank }) => rank === least);
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
