import type { WorkspaceUser } from '../schemas/workspace-user.js';
import type { WorkspaceMembership } from './person.js';

/** One person as the workspaces know them, perhaps under several accounts. */
export type Memberships = readonly WorkspaceMembership[];

/** Everyone in the workspaces, found by address; each is handed out once. */
export class WorkspaceIndex {
  readonly #byUserId = new Map<string, WorkspaceMembership[]>();
  readonly #byEmail = new Map<string, WorkspaceMembership[][]>();

  add(workspaceId: string, user: WorkspaceUser): void {
    const membership: WorkspaceMembership = {
      workspaceId,
      userId: user.id,
      ...(user.email ? { email: user.email } : {}),
      ...(user.name ? { name: user.name } : {}),
      ...(user.role ? { role: user.role } : {}),
      ...(user.status ? { status: user.status } : {}),
      ...(typeof user.created_at === 'number' ? { joinedAt: isoOf(user.created_at) } : {}),
    };
    const known = this.#byUserId.get(user.id);
    // A list that shifts while it is read repeats its rows.
    if (known?.some((other) => other.workspaceId === workspaceId)) return;
    const account = known ?? [];
    account.push(membership);
    if (known === undefined) this.#byUserId.set(user.id, account);
    if (!user.email) return;
    const email = user.email.toLowerCase();
    const accounts = this.#byEmail.get(email);
    if (accounts === undefined) this.#byEmail.set(email, [account]);
    else if (!accounts.includes(account)) accounts.push(account);
  }

  /** Hands out the person with one of these addresses, once; later there is nobody. */
  take(emails: Iterable<string>): Memberships {
    const found = new Set<WorkspaceMembership[]>();
    for (const email of emails) for (const account of this.#byEmail.get(email) ?? []) found.add(account);
    const taken: WorkspaceMembership[] = [];
    for (const account of found) {
      const [first] = account;
      if (first !== undefined && this.#byUserId.delete(first.userId)) taken.push(...account);
    }
    return taken;
  }

  /** Hands out everyone who is left. */
  *rest(): Generator<Memberships, void, undefined> {
    for (const [userId, account] of this.#byUserId) {
      if (!this.#byUserId.has(userId)) continue;
      const emails = account.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]));
      const shared = this.take(emails);
      if (shared.length > 0) yield shared;
      else {
        this.#byUserId.delete(userId);
        yield account;
      }
    }
  }
}

function isoOf(unixSeconds: number): string | undefined {
  const date = new Date(unixSeconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
