import { checkChoice, checkNumber, checkOptions, checkText } from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import type { Workspaces } from '../compliance/workspaces.js';
import { createRandom, seedOf } from '../random.js';

/** How much may be used in a month. A limit of nobody, which is no entry at all, is another thing than `'unlimited'`. */
export type UsageLimit = number | 'unlimited';

/** Somebody's wish for a higher limit. */
export interface UsageLimitRequest {
  /** `request-` and 24 letters and digits. */
  readonly id: string;
  /** Id of the member who asks. */
  readonly userId: string;
  /** In the member's words. */
  readonly justification: string;
  /** Where it stands. */
  readonly status: 'pending' | 'approved' | 'denied' | 'canceled' | 'superseded';
  /** The limit at that time, in credits; `undefined` for none. */
  readonly original: UsageLimit | undefined;
  /** What the service proposes, in credits. */
  readonly recommended: UsageLimit | undefined;
  /** Id of the member who decided; only where somebody has. */
  readonly resolvedById: string | undefined;
  /** Milliseconds since the epoch; only where somebody has decided. */
  readonly resolvedAt: number | undefined;
}

/** What {@link UsageLimits.request} takes. */
export interface NewUsageLimitRequest {
  /** Id or address of the member who asks. */
  readonly user: string;
  /** In the member's words. @default 'More for a launch.' */
  readonly justification?: string | undefined;
  /** What the service proposes, in credits. @default nothing */
  readonly recommended?: UsageLimit | undefined;
  /** Where it stands. @default 'pending' */
  readonly status?: UsageLimitRequest['status'] | undefined;
  /** Id or address of the member who decided. @default nobody */
  readonly resolvedBy?: string | undefined;
}

type Subject = 'workspace' | 'group' | 'user';

/** The monthly limits of each workspace, of its groups and of its members, in credits. */
export class UsageLimits {
  // Both are replaced, never changed.
  #limits: ReadonlyMap<string, UsageLimit> = new Map();
  #requests: ReadonlyMap<string, readonly UsageLimitRequest[]> = new Map();
  readonly #workspaces: Workspaces;
  readonly #now: () => number;

  /** @internal */
  constructor(workspaces: Workspaces, now: () => number) {
    this.#workspaces = workspaces;
    this.#now = now;
  }

  /** What whoever has no other limit may use; `undefined` takes the limit away. */
  setWorkspace(workspaceId: string, limit: UsageLimit | undefined): void {
    this.#set(workspaceId, 'workspace', workspaceId, limit);
  }

  /**
   * What each member of a group may use: one of the directory by its SCIM id, one that was made by hand by its own. `undefined`
   * takes the limit away.
   */
  setGroup(workspaceId: string, groupId: string, limit: UsageLimit | undefined): void {
    this.#set(workspaceId, 'group', groupId, limit);
  }

  /**
   * What one member may use, by id or address; `undefined` takes the limit away: those of groups and of the workspace hold.
   *
   * @throws EmulatorError for somebody who is no member.
   */
  setUser(workspaceId: string, idOrEmail: string, limit: UsageLimit | undefined): void {
    this.#set(workspaceId, 'user', this.#memberId(workspaceId, idOrEmail), limit);
  }

  /** The limit that was set for a workspace, a group or a member itself. */
  get(workspaceId: string, subject: Subject, id: string = workspaceId): UsageLimit | undefined {
    return this.#limits.get(keyOf(workspaceId, subject, id));
  }

  /**
   * A member asks for more. Gives the id of the request.
   *
   * @throws EmulatorError for somebody who is no member.
   *
   * @example
   * import { createEmulator, personOf } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const [first = ''] = emulator.compliance.workspaceIds;
   * emulator.store.admin.limits.request(first, { user: personOf(3).email, recommended: 800 });
   */
  request(workspaceId: string, request: NewUsageLimitRequest): string {
    const own = checkOptions<NewUsageLimitRequest>('admin.limits.request()', request, {
      user: true,
      justification: true,
      recommended: true,
      status: true,
      resolvedBy: true,
    });
    const { user, justification = 'More for a launch.', recommended, status = 'pending', resolvedBy } = own;
    checkText('user', user);
    checkText('justification', justification);
    checkChoice('status', status, ['pending', 'approved', 'denied', 'canceled', 'superseded']);
    if (recommended !== undefined) checkLimit('recommended', recommended);
    const requests = this.requests(workspaceId);
    const userId = this.#memberId(workspaceId, user);
    const id = `request-${createRandom(seedOf(`request ${userId} ${requests.length}`)).text(24)}`;
    const isResolved = status === 'approved' || status === 'denied';
    const made: UsageLimitRequest = {
      id,
      userId,
      justification,
      status,
      recommended,
      original: this.get(workspaceId, 'user', userId) ?? this.get(workspaceId, 'workspace'),
      resolvedById: resolvedBy === undefined ? undefined : this.#memberId(workspaceId, resolvedBy),
      resolvedAt: isResolved ? this.#now() : undefined,
    };
    this.#requests = new Map(this.#requests).set(workspaceId, [...requests, made]);
    return id;
  }

  /** What the members of a workspace have asked for, oldest first. */
  requests(workspaceId: string): readonly UsageLimitRequest[] {
    return this.#requests.get(workspaceId) ?? [];
  }

  /** @internal */
  snapshot() {
    return { limits: this.#limits, requests: this.#requests };
  }

  /** @internal */
  restore(snapshot: ReturnType<UsageLimits['snapshot']>): void {
    this.#limits = snapshot.limits;
    this.#requests = snapshot.requests;
  }

  #set(workspaceId: string, subject: Subject, id: string, limit: UsageLimit | undefined): void {
    if (this.#workspaces.get(workspaceId) === undefined) throw invalid('There is no such workspace.');
    const key = keyOf(workspaceId, subject, id);
    const others = [...this.#limits].filter(([known]) => known !== key);
    if (limit === undefined) this.#limits = new Map(others);
    else this.#limits = new Map([...others, [key, checkLimit('limit', limit)]]);
  }

  #memberId(workspaceId: string, idOrEmail: string): string {
    const member = this.#workspaces.member(workspaceId, idOrEmail);
    if (member === undefined) throw invalid('There is no such member.');
    return member.id;
  }
}

function keyOf(workspaceId: string, subject: Subject, id: string): string {
  return `${workspaceId} ${subject} ${id}`;
}

function checkLimit(name: string, limit: UsageLimit): UsageLimit {
  return limit === 'unlimited' ? limit : checkNumber(name, limit, 0);
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('invalid_world', message);
}
