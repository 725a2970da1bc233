import { isSameButForCase } from '../scim/filter/compare.js';
import { keyText } from '../scim/natural-keys.js';
import { isAlike } from '../scim/proven-filters.js';
import type { Resource } from '../scim/schemas/common.js';
import type { HeldReason } from './plan.js';

type Attributes = Readonly<Record<string, unknown>>;
type Account = { readonly id: string; readonly [attribute: string]: unknown };

/** Whether a text is the id or a key of an account. */
export function isNamedBy(name: string | null, user: Account): boolean {
  if (name === null) return false;
  const isKey = name === user.id || name === keyText(user, 'externalId');
  return isKey || isSameButForCase(name.trim(), keyText(user, 'userName'));
}

/** Why a change or a creation waits. */
interface NameHold {
  readonly reason: Extract<HeldReason, 'key_creator' | 'key_creator_unknown'>;
  /** It names nobody. */
  readonly remedy: string;
}

/** Who made the key is known by a name alone: by no plan may it come to be that of somebody else, or of nobody. */
export class KeyCreator {
  readonly #name: string | null;
  readonly #isThere: boolean;

  /** `isThere`: whether the name is that of an account that is known to be meant. */
  constructor(name: string | null, isThere: boolean) {
    this.#name = name;
    this.#isThere = isThere;
  }

  holdOfChange(row: Resource, after: Attributes): NameHold | undefined {
    const changed = { ...row, ...after, id: row.id };
    if (isNamedBy(this.#name, row) && !isNamedBy(this.#name, changed)) return losesIt;
    const hasItAlready = row.active !== false && this.#mayBeNamed(row);
    return !this.#isThere && !hasItAlready && this.#mayBeNamed(changed) ? getsIt : undefined;
  }

  holdOfCreation(attributes: Attributes): NameHold | undefined {
    return !this.#isThere && this.#mayBeNamed(attributes) ? getsIt : undefined;
  }

  /** Whether the name may be the account's once a server has kept it in its own way: without spaces, or with a domain in front. */
  #mayBeNamed({ userName, externalId }: Attributes): boolean {
    const name = this.#name;
    return name !== null && (isAlike('userName', userName, name) || isAlike('externalId', externalId, name));
  }
}

const losesIt: NameHold = {
  reason: 'key_creator',
  remedy:
    'By the new name nobody would know any more whose account made the key. Name it by its SCIM id in `protect.keyCreator`, which stays, and plan again.',
};

/** Whoever got it would be taken for the maker of the key, whose own account could go the next time. */
const getsIt: NameHold = {
  reason: 'key_creator_unknown',
  remedy:
    'It would be called as `protect.keyCreator` says, and no active account is yet: whoever made the key may have another name by now, and would be protected no more. Name that account by its SCIM id in `protect.keyCreator`; if there is none in this directory, leave `keyCreator` out. Then plan again.',
};
