import { compileFilter } from '../scim/filter/match.js';
import type { ResourceSchema } from '../scim/schemas/rules.js';
import { isServiceAccount } from '../scim/schemas/service-account.js';
import { isNamedBy } from './key-creator.js';
import type { HeldReason } from './plan.js';
import type { ResolvedPolicy } from './policy.js';

type Account = { readonly id: string; readonly [attribute: string]: unknown };

/** Whom a policy protects, and whom it governs, by what the directory says of them. */
export interface Protection {
  /** Why this user is never removed; `undefined` where nothing in the directory speaks against it. */
  readonly reasonFor: (
    user: Account,
  ) => Extract<HeldReason, 'service_account' | 'protected' | 'key_creator'> | undefined;
  readonly isManaged: (user: Account) => boolean;
}

/** To be asked when a plan is made, and again before a removal: what is protected may have changed in between. */
export function protectionOf({ managed, protect }: ResolvedPolicy, schema: ResourceSchema): Protection {
  const ids = new Set(protect.ids);
  const unprotected = new Set(protect.unprotectedServiceAccounts);
  const isProtected = protect.filter === null ? () => false : compileFilter(protect.filter, { schema });
  const isGoverned = managed === null ? () => true : compileFilter(managed, { schema });
  return {
    reasonFor(user) {
      if (ids.has(user.id) || isProtected(user)) return 'protected';
      if (isNamedBy(protect.keyCreator, user)) return 'key_creator';
      return isServiceAccount({ userType: user.userType }) && !unprotected.has(user.id) ? 'service_account' : undefined;
    },
    isManaged: isGoverned,
  };
}
