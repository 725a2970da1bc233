import { checkChoice, checkNumber, checkOptions } from '../../errors/check-options.js';

/** What the Admin side is like. Plain data: every switch can be set alone. */
export interface AdminBehaviour {
  /** The list of members learns of whoever comes, goes or is changed this many milliseconds later. */
  readonly staleMembersMs: number;
  /** How the lists are paged of which OpenAI publishes nothing, invitations and service accounts: by `cursor`, or by `after`. */
  readonly unpublishedPaging: 'cursor' | 'after';
  /** How limits are written: as whole credits in `limit`, or, as later versions have it, in `limit_amount`. */
  readonly limits: 'credits' | 'amounts';
}

/** As OpenAI documents it. How late the list of members is, it does not say. */
export const documentedAdminBehaviour: AdminBehaviour = {
  staleMembersMs: 2000,
  unpublishedPaging: 'cursor',
  limits: 'credits',
};

/** Refuses a quirk, or a value of one, that there is not: the service would be as documented, and the test would pass. */
export function checkAdminQuirks(quirks: Partial<AdminBehaviour>): void {
  checkOptions('createEmulator({ admin: { quirks } })', quirks, {
    staleMembersMs: true,
    unpublishedPaging: true,
    limits: true,
  });
  const { staleMembersMs, unpublishedPaging, limits } = { ...documentedAdminBehaviour, ...quirks };
  checkNumber('staleMembersMs', staleMembersMs, 0);
  checkChoice('unpublishedPaging', unpublishedPaging, ['cursor', 'after']);
  checkChoice('limits', limits, ['credits', 'amounts']);
}
