import { foldCase } from '../scim/filter/compare.js';
import { hasOtherExternalId, keyText } from '../scim/natural-keys.js';
import { coarseForm } from '../scim/proven-filters.js';
import type { Resource } from '../scim/schemas/common.js';
import type { DesiredGroup } from './desired.js';
import type { HeldReason } from './plan.js';
import type { LiveGroup } from './read-directory.js';

/** What became of a desired group. */
export type GroupMatch =
  | { readonly kind: 'group'; readonly live: LiveGroup; readonly isRenamed: boolean }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'held'; readonly reason: HeldReason; readonly ids: readonly string[] };

/** Finds desired groups among those of the directory: by an exact `externalId`, then by the name but for case. */
export class GroupIndex {
  readonly #wanted: readonly DesiredGroup[];
  readonly #externalIds = new Set<string>();
  readonly #names = new Map<string, number>();
  readonly #twice = new Set<number>();
  readonly #liveByName = new Map<string, LiveGroup[]>();
  readonly #liveById = new Map<string, LiveGroup[]>();

  constructor(wanted: readonly DesiredGroup[]) {
    this.#wanted = wanted;
    const byId = new Map<string, number>();
    for (const [index, { displayName, externalId = '' }] of wanted.entries()) {
      this.#enter(this.#names, coarse(displayName), index);
      if (externalId !== '') this.#enter(byId, externalId, index);
      if (externalId !== '') this.#externalIds.add(externalId);
    }
  }

  /** Whether a row can be, or be like, a group that is desired. */
  isWanted(row: Resource): boolean {
    return this.#externalIds.has(keyText(row, 'externalId')) || this.#names.has(coarse(keyText(row, 'displayName')));
  }

  /** Takes note of a group of the directory. */
  add(live: LiveGroup): void {
    append(this.#liveByName, coarse(keyText(live.row, 'displayName')), live);
    const externalId = keyText(live.row, 'externalId');
    if (externalId !== '') append(this.#liveById, externalId, live);
  }

  /** Once all groups were added. */
  matchOf(index: number): GroupMatch {
    const wanted = this.#wanted[index];
    if (wanted === undefined) return { kind: 'nobody' };
    const { displayName, externalId = '' } = wanted;
    const held = (reason: HeldReason, found: readonly LiveGroup[]): GroupMatch => ({
      kind: 'held',
      reason,
      ids: found.map(({ row }) => row.id).sort(),
    });
    const named = this.#liveByName.get(coarse(displayName)) ?? [];
    if (this.#twice.has(index)) return held('desired_twice', named);
    const byId = externalId === '' ? [] : (this.#liveById.get(externalId) ?? []);
    if (byId.length > 1) return held('several_accounts', byId);
    const [live] = byId;
    const others = named.filter((one) => one !== live);
    // A second group of the name would take its place in some directories.
    if (live !== undefined) {
      return others.length > 0
        ? held('several_accounts', [live, ...others])
        : { kind: 'group', live, isRenamed: named.length === 0 };
    }
    if (others.length > 1) return held('several_accounts', others);
    const [found] = others;
    if (found === undefined) return { kind: 'nobody' };
    if (hasOtherExternalId(found.row, { externalId })) return held('address_moved', others);
    const isExact = foldCase(keyText(found.row, 'displayName')) === foldCase(displayName);
    return isExact ? { kind: 'group', live: found, isRenamed: false } : held('alike', others);
  }

  #enter(map: Map<string, number>, key: string, index: number): void {
    const known = map.get(key);
    if (known === undefined) map.set(key, index);
    else for (const one of [known, index]) this.#twice.add(one);
  }
}

function coarse(name: string): string {
  return coarseForm('displayName', name);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
