// Two vocabularies: that of the Compliance API and the groups, and that of the pages about the Admin API. A word of neither may
// be one for owners.
const ownership: ReadonlyMap<string, boolean> = new Map([
  ...['account-owner', 'owner'].map((word) => [word, true] as const),
  ...['account-admin', 'admin', 'standard-user', 'member'].map((word) => [word, false] as const),
]);

/** Whether a role is that of an owner; `undefined` where nobody can tell. */
export function ownershipOf(role: unknown): boolean | undefined {
  return typeof role === 'string' ? ownership.get(role.trim().toLowerCase()) : undefined;
}
