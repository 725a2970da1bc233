import type { AuditLogClient } from '../../audit-logs/client.js';
import { forEachPrincipal } from '../../audit-logs/failed-principals.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { openAbortScope } from '../../internal/abort.js';
import { untilAnswered } from '../../internal/callbacks.js';
import { type Clock, systemClock } from '../../internal/clock.js';
import type { ScimClient } from '../../scim/client.js';
import type { User } from '../../scim/schemas/user.js';
import { checkCall, type RequestOptions } from '../../transport/options.js';
import { ActivityIndex } from './activity-index.js';
import { readDirectoryUser } from './directory-user.js';
import { GroupIndex } from './group-index.js';
import { listInvitations } from './invitations.js';
import { InvitationIndex, type JoinContext, joinPerson, ServiceAccountIndex, WorkspaceIndex } from './join.js';
import { listServiceAccounts, ServiceAccountLists } from './listed-service-accounts.js';
import { type LogReading, readEvents } from './logs.js';
import { listMembers, type RosterWorkspace } from './members.js';
import type { Person } from './person.js';
import { type OwnRosterQuery, ownQuery, queryNames, type RosterProgress, type RosterQuery } from './query.js';
import { ReadAhead } from './read-ahead.js';
import { UsageReader } from './usage.js';

export interface RosterSources {
  readonly scim?: ScimClient | undefined;
  readonly auditLogs?: Pick<AuditLogClient, 'batches' | 'principals'> | undefined;
  readonly workspaces?: readonly RosterWorkspace[] | undefined;
  /** By what is said which day it is. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /** Ends the reading with the connection, and when the caller leaves it. */
  readonly signal?: AbortSignal | undefined;
}

const pagesAtATime = 8;
/** Users of the directory that wait for the members of the workspaces, some 20 million bytes. */
const mostUsersAhead = 10_000;
const activityTypes = ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'] as const;

/**
 * Everyone in the directory and in the workspaces, each once, service accounts too. Members whom the directory does not know
 * come last, after them who is only invited, and then the service accounts that only the Admin API lists.
 */
export function readRoster(
  sources: RosterSources,
  given?: RosterQuery,
  options?: RequestOptions,
): AsyncGenerator<Person, void, undefined> {
  const { auditLogs, workspaces = [] } = sources;
  const query = ownQuery(given, {
    auditLogs: auditLogs !== undefined,
    cost: auditLogs?.principals.some(({ type }) => type === 'organization') ?? false,
    daily: workspaces.some(({ admin }) => admin !== undefined),
  });
  const own = checkCall('roster()', options, queryNames);
  return people(sources, query, own);
}

async function* people(
  sources: RosterSources,
  query: OwnRosterQuery,
  requestOptions: RequestOptions,
): AsyncGenerator<Person, void, undefined> {
  const { scim, workspaces = [] } = sources;
  const { groups: wantsGroups, lastActivity, usage: usageQuery, onFailedPrincipal, onProgress } = query;
  const read = { workspaceUsers: 0, invitations: 0, serviceAccounts: 0, groups: 0, events: 0, usageRows: 0 };
  const unreadLists = { unreadFiles: 0, unreadWorkspaces: 0, unreadInvitations: 0, unreadServiceAccounts: 0 };
  const progress = { ...read, ...unreadLists, directoryUsers: 0, people: 0 };
  const report = async (change: Partial<RosterProgress>) => {
    Object.assign(progress, change);
    try {
      await untilAnswered(onProgress?.({ ...progress }), [scope.signal]);
    } catch (error) {
      // It is no failure of the workspace that was being read.
      ended.abort(error);
      throw error;
    }
  };
  // Whatever fails first, or a loop that is left early, ends the rest.
  const ended = new AbortController();
  const scope = openAbortScope([requestOptions.signal, sources.signal, ended.signal]);
  const options = { ...requestOptions, signal: scope.signal };
  const index = new WorkspaceIndex();
  const invited = new InvitationIndex();
  const programs = new ServiceAccountLists();
  const groups = new GroupIndex();
  const activity = lastActivity === undefined ? undefined : new ActivityIndex();
  const beganAtMs = (sources.clock ?? systemClock).now();
  const organizations = sources.auditLogs?.principals.filter(({ type }) => type === 'organization') ?? [];
  const organizationIds = organizations.map(({ id }) => id);
  const usage = usageQuery && new UsageReader(usageQuery, beganAtMs, organizationIds);

  const tellFailed = typeof onFailedPrincipal === 'function' ? onFailedPrincipal : undefined;
  let areMembersActiveOnly = false;

  async function loadWorkspaces(): Promise<void> {
    const asked = workspaces.map((workspace) => ({
      principal: { type: 'workspace', id: workspace.workspaceId } as const,
      workspace,
    }));
    const leaveOut = async (failed: FailedPrincipal, tell: (failed: FailedPrincipal) => unknown) => {
      await report({ unreadWorkspaces: progress.unreadWorkspaces + 1 });
      await tell(failed);
    };
    await forEachPrincipal(asked, ({ workspace }) => loadWorkspace(workspace), {
      onFailedPrincipal: tellFailed === undefined ? 'throw' : (failed) => leaveOut(failed, tellFailed),
      signals: [scope.signal],
    });
  }

  async function loadWorkspace(workspace: RosterWorkspace): Promise<void> {
    // Before the members: who accepts meanwhile is then in both lists, and not in neither.
    await loadInvitations(workspace);
    let read = 0;
    for await (const { listedBy, members } of listMembers(workspace, options)) {
      read += members.length;
      if (listedBy === 'admin') areMembersActiveOnly = true;
      for (const member of members) index.add(workspace.workspaceId, member, listedBy);
      await report({ workspaceUsers: progress.workspaceUsers + members.length });
    }
    // Whoever made a workspace is in it, so that an empty list proves nothing.
    if (read === 0) await report({ unreadWorkspaces: progress.unreadWorkspaces + 1 });
    // Last: where the service asks for patience, nobody else is held up.
    await loadServiceAccounts(workspace);
  }

  async function loadServiceAccounts({ workspaceId, transport, admin }: RosterWorkspace): Promise<void> {
    if (admin === undefined) return;
    const { accounts, isWhole } = await listServiceAccounts(admin, workspaceId, options, transport.clock);
    for (const account of accounts) programs.add(account);
    if (!isWhole) progress.unreadServiceAccounts++;
    await report({ serviceAccounts: progress.serviceAccounts + accounts.length });
  }

  async function loadInvitations({ workspaceId, transport, admin }: RosterWorkspace): Promise<void> {
    const { invitations, isWhole } = await listInvitations(transport, workspaceId, options, admin);
    for (const invitation of invitations) invited.add(invitation);
    if (!isWhole) progress.unreadInvitations++;
    await report({ invitations: progress.invitations + invitations.length });
  }

  async function loadGroups(directory: ScimClient): Promise<void> {
    for await (const page of directory.groups.iterate({}, options).pages()) {
      for (const group of page.items) groups.add(group);
      await report({ groups: progress.groups + page.items.length });
    }
  }

  const unread = new Set<string>();
  const logs: LogReading = {
    options,
    signal: scope.signal,
    onFailedPrincipal: tellFailed,
    onUnreadFile: ({ id, eventType, principal }) => {
      // A row without an id is a file of its own.
      unread.add(`${principal.id} ${eventType} ${id ?? unread.size}`);
      progress.unreadFiles = unread.size;
    },
    onEvent: () => (++progress.events % 1_000 === 0 ? report({}) : undefined),
  };

  async function loadActivity(into: ActivityIndex): Promise<void> {
    const { after, eventTypes = activityTypes } = lastActivity ?? {};
    const { isWhole } = await readEvents(sources.auditLogs, { eventTypes, after }, logs, (event) => into.add(event));
    if (!isWhole) into.isIncomplete = true;
    await report({});
  }

  const directoryUsers = scim?.users.iterate({ prefetch: pagesAtATime }, options).pages();
  const keep = (user: User) => readDirectoryUser(user, (id, displayName) => groups.nameOf(id, displayName));
  const directory = directoryUsers && new ReadAhead(directoryUsers, keep, mostUsersAhead, scope.signal);
  try {
    await Promise.all([
      loadWorkspaces(),
      ...(scim === undefined || wantsGroups === false ? [] : [loadGroups(scim)]),
      ...(activity === undefined ? [] : [loadActivity(activity)]),
      usage?.load({
        logs,
        workspaces,
        auditLogs: sources.auditLogs,
        onRows: (rows) => report({ usageRows: progress.usageRows + rows }),
      }),
    ]);
    if (usageQuery?.onTotals !== undefined) {
      // Before anybody is taken out of the index.
      const totals = usage?.totals((userId, workspaceId) => index.has(userId, workspaceId));
      await untilAnswered(totals && usageQuery.onTotals(totals), [scope.signal]);
    }
    const serviceAccounts = new ServiceAccountIndex();
    const hasBothSides = scim !== undefined && workspaces.length > 0;
    const isIncomplete = progress.unreadWorkspaces > 0;
    const areInvitationsIncomplete = progress.unreadInvitations > 0;
    const { hasNameless: hasNamelessMembers } = index;
    const lists = { isIncomplete, areMembersActiveOnly, areInvitationsIncomplete, hasNamelessMembers };
    const context: JoinContext = { ...lists, hasBothSides, beganAtMs, groups, activity, usage, serviceAccounts };
    const firstByEmail = new Map<string, string>();
    for await (const page of directory?.pages() ?? []) {
      for (const sent of page) {
        const user = programs.known(sent);
        const { id } = user.entry;
        serviceAccounts.add(user);
        const emails = user.addresses.map(({ key }) => key);
        const sharedWith = new Set<string>();
        for (const email of emails) {
          const first = firstByEmail.get(email);
          if (first === undefined) firstByEmail.set(email, id);
          else sharedWith.add(first);
        }
        progress.people++;
        const members = index.takeFor(id, emails);
        const invitations = [...invited.take(emails), ...invited.show(members.memberEmails)];
        const own = { ...context, usage: usage?.withholding(members.parted.userIds) };
        const person = joinPerson(own, { ...members, user, invitations, sharedWith: [...sharedWith] });
        yield programs.joinedTo(person, id);
      }
      await report({ directoryUsers: progress.directoryUsers + page.length });
    }
    const parted = { userIds: [], directoryIds: [] };
    const unlisted = { user: undefined, sharedWith: [], parted };
    for (const members of index.rest()) {
      progress.people++;
      yield joinPerson(context, { ...unlisted, ...members, invitations: invited.take(members.memberEmails) });
    }
    for (const invitations of invited.rest()) {
      progress.people++;
      yield joinPerson(context, { ...unlisted, workspaces: [], memberEmails: [], invitations });
    }
    const nobody = joinPerson(context, { ...unlisted, workspaces: [], memberEmails: [], invitations: [] });
    for (const program of programs.rest(nobody)) {
      progress.people++;
      yield program;
    }
    await report({});
  } finally {
    ended.abort();
    directory?.close();
    scope.end();
  }
}
