import type { AuditLogClient } from '../../audit-logs/client.js';
import { AuditLogFileError } from '../../audit-logs/errors.js';
import type { OrganizationEventType, WorkspaceEventType } from '../../audit-logs/events/event-types.js';
import { forEachPrincipal } from '../../audit-logs/failed-principals.js';
import type { AuditLogFile } from '../../audit-logs/files/log-file.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { checkOptions, type OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { IncompleteListError } from '../../errors/response-errors.js';
import { openAbortScope } from '../../internal/abort.js';
import { untilAnswered } from '../../internal/callbacks.js';
import type { ScimClient } from '../../scim/client.js';
import { checkCall, checkQuery, type RequestOptions } from '../../transport/options.js';
import type { Transport } from '../../transport/transport.js';
import { listInvitations } from './invitations.js';
import {
  ActivityIndex,
  addressesOf,
  emailsOf,
  GroupIndex,
  InvitationIndex,
  type JoinContext,
  joinPerson,
  ServiceAccountIndex,
  WorkspaceIndex,
} from './join.js';
import type { Person } from './person.js';
import { listWorkspaceUsers } from './workspace-users.js';

/** How far reading a roster has come. Each number only grows. */
export interface RosterProgress {
  /** Members of workspaces read. */
  readonly workspaceUsers: number;
  /** Invitations into workspaces read. */
  readonly invitations: number;
  /** Groups of the directory read. */
  readonly groups: number;
  /** Audit-log events read for the last activity. */
  readonly events: number;
  /** Log files of which something could not be read: with one or more, the last activity is incomplete. */
  readonly unreadFiles: number;
  /** Workspaces of which not all members could be read: with one or more, who is in them is not known whole. */
  readonly unreadWorkspaces: number;
  /** Workspaces of which not all invitations could be read: with one or more, nobody is said to have `no_access`. */
  readonly unreadInvitations: number;
  /** Users of the directory read. */
  readonly directoryUsers: number;
  /** People handed out. */
  readonly people: number;
}

/** What a roster is to tell. */
export interface RosterQuery {
  /** Reads the groups of the directory, to tell each person's. @default true */
  readonly groups?: boolean | undefined;
  /**
   * Reads events to tell when each person was last active. Without it no event is read. A log file, a line or a row of the
   * list that cannot be read stops nobody from being listed: `lastActivityIncomplete` of each person says so.
   */
  readonly lastActivity?:
    | {
        /** Log files from here on; the service keeps 30 days. @default everything the service still has */
        readonly after?: Date | string | undefined;
        /** @default AUTH_LOG, AUDIT_LOG and CONVERSATION_MESSAGE */
        readonly eventTypes?: readonly WorkspaceEventType[] | 'all' | undefined;
      }
    | undefined;
  /**
   * A workspace whose members, or whose logs, cannot be read for good. `throw` ends the iteration. A function is told of it, and
   * waited for, once for the members and once for the logs (with `eventTypes`), and everyone else is listed: `workspacesIncomplete` of each
   * person says that some members are missing, `lastActivityIncomplete` that some events are. Where the members of no
   * workspace could be read, all is told and then the first error thrown. Invitations that cannot be read are no such
   * failure, and told to nobody: `invitationsIncomplete` of each person says so.
   * @default 'throw'
   */
  readonly onFailedPrincipal?: 'throw' | ((failed: FailedPrincipal) => unknown) | undefined;
  /** Told after each page, after each list of invitations, and after each thousand events, and waited for. One that rejects ends the iteration. */
  readonly onProgress?: ((progress: RosterProgress) => unknown) | undefined;
}

export interface RosterSources {
  readonly scim?: ScimClient | undefined;
  readonly auditLogs?: Pick<AuditLogClient, 'events'> | undefined;
  readonly workspaces?: readonly { readonly workspaceId: string; readonly transport: Transport }[] | undefined;
  /** Ends the reading with the connection. */
  readonly signal?: AbortSignal | undefined;
}

const queryNames: OptionNames<RosterQuery> = {
  groups: true,
  lastActivity: true,
  onFailedPrincipal: true,
  onProgress: true,
};

const activityTypes = ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'] as const;

/**
 * Everyone in the directory and in the workspaces, each once, service accounts too. Members whom the directory does not know
 * come last, and after them who is only invited.
 */
export function readRoster(
  sources: RosterSources,
  given?: RosterQuery,
  options?: RequestOptions,
): AsyncGenerator<Person, void, undefined> {
  const query = ownQuery(given);
  const own = checkCall('roster()', options, queryNames);
  if (query.lastActivity !== undefined && sources.auditLogs === undefined) {
    throw new InputError('The last activity is read from the audit logs, which this connection does not have.', {
      path: ['lastActivity'],
      remedy: 'Enter a Compliance API key and the workspace IDs in the connection form.',
    });
  }
  return people(sources, query, own);
}

function ownQuery(given: RosterQuery | undefined): RosterQuery {
  const query = checkQuery('roster()', given, queryNames);
  if (query.lastActivity === undefined) return query;
  return {
    ...query,
    lastActivity: checkOptions('lastActivity', query.lastActivity, { after: true, eventTypes: true }),
  };
}

async function* people(
  sources: RosterSources,
  query: RosterQuery,
  requestOptions: RequestOptions,
): AsyncGenerator<Person, void, undefined> {
  const { scim, workspaces = [] } = sources;
  const { groups: wantsGroups, lastActivity, onFailedPrincipal, onProgress } = query;
  const read = { workspaceUsers: 0, invitations: 0, groups: 0, events: 0, directoryUsers: 0, people: 0 };
  const progress = { ...read, unreadFiles: 0, unreadWorkspaces: 0, unreadInvitations: 0 };
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
  const groups = new GroupIndex();
  const activity = lastActivity === undefined ? undefined : new ActivityIndex();

  async function loadWorkspaces(): Promise<void> {
    const asked = workspaces.map(({ workspaceId: id, transport }) => ({
      principal: { type: 'workspace', id } as const,
      transport,
    }));
    const load = ({ principal, transport }: (typeof asked)[number]) => loadWorkspace(principal.id, transport);
    const leaveOut = async (failed: FailedPrincipal, tell: (failed: FailedPrincipal) => unknown) => {
      await report({ unreadWorkspaces: progress.unreadWorkspaces + 1 });
      await tell(failed);
    };
    await forEachPrincipal(asked, load, {
      onFailedPrincipal:
        typeof onFailedPrincipal === 'function' ? (failed) => leaveOut(failed, onFailedPrincipal) : 'throw',
      signals: [scope.signal],
    });
  }

  async function loadWorkspace(workspaceId: string, transport: Transport): Promise<void> {
    // Before the members: who accepts meanwhile is then in both lists, and not in neither.
    await loadInvitations(workspaceId, transport);
    for await (const page of listWorkspaceUsers(transport, workspaceId, options)) {
      for (const user of page) index.add(workspaceId, user);
      await report({ workspaceUsers: progress.workspaceUsers + page.length });
    }
  }

  async function loadInvitations(workspaceId: string, transport: Transport): Promise<void> {
    const { invitations, isWhole } = await listInvitations(transport, workspaceId, options);
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

  async function loadActivity(into: ActivityIndex): Promise<void> {
    const { after, eventTypes = activityTypes } = lastActivity ?? {};
    // Which types the workspaces have is the client's to check, at run time here.
    const types = eventTypes as readonly (WorkspaceEventType & OrganizationEventType)[] | 'all';
    const unread = new Set<string>();
    const leaveOut = ({ file: { id, principal } }: { readonly file: AuditLogFile }) => {
      into.isIncomplete = true;
      // A row without an id is a file of its own.
      unread.add(`${principal.id} ${id ?? unread.size}`);
      progress.unreadFiles = unread.size;
    };
    const told = new WeakSet<object>();
    const tell = (failed: FailedPrincipal) => {
      into.isIncomplete = true;
      told.add(failed.error);
      return typeof onFailedPrincipal === 'function' ? onFailedPrincipal(failed) : undefined;
    };
    const reading = {
      eventTypes: types,
      after,
      onFailedPrincipal: typeof onFailedPrincipal === 'function' ? tell : undefined,
      onFailedFile: leaveOut,
      invalidLine: leaveOut,
      // What is older than the service keeps cannot be someone's last activity.
      onRetentionGap: () => {},
    };
    const events = sources.auditLogs?.events(reading, options);
    try {
      for await (const event of events ?? []) {
        into.add(event);
        if (++progress.events % 1_000 === 0) await report({});
      }
    } catch (error) {
      // More files than reading goes on without, or a list that leads no further: what is known of the people is not less.
      if (error instanceof AuditLogFileError) leaveOut({ file: error.file() });
      else if (error instanceof IncompleteListError) into.isIncomplete = true;
      // The logs of all of them failed, which was told.
      else if (!(error instanceof Error && told.has(error)) || scope.signal.aborted) throw error;
    }
    await report({});
  }

  try {
    await Promise.all([
      loadWorkspaces(),
      ...(scim === undefined || wantsGroups === false ? [] : [loadGroups(scim)]),
      ...(activity === undefined ? [] : [loadActivity(activity)]),
    ]);
    const serviceAccounts = new ServiceAccountIndex();
    const hasBothSides = scim !== undefined && workspaces.length > 0;
    const isIncomplete = progress.unreadWorkspaces > 0;
    const areInvitationsIncomplete = progress.unreadInvitations > 0;
    const known = { hasBothSides, isIncomplete, areInvitationsIncomplete };
    const context: JoinContext = { ...known, groups, activity, serviceAccounts };
    const firstByEmail = new Map<string, string>();
    for await (const page of scim?.users.iterate({}, options).pages() ?? []) {
      for (const user of page.items) {
        serviceAccounts.add(user);
        const emails = emailsOf(user);
        const sharedWith = new Set(emails.flatMap((email) => firstByEmail.get(email) ?? []));
        for (const email of emails) if (!firstByEmail.has(email)) firstByEmail.set(email, user.id);
        progress.people++;
        const members = index.take(emails);
        const invitations = invited.take(new Set([...emails, ...addressesOf(members)]));
        yield joinPerson(context, { user, workspaces: members, invitations, sharedWith: [...sharedWith] });
      }
      await report({ directoryUsers: progress.directoryUsers + page.items.length });
    }
    const unlisted = { user: undefined, sharedWith: [] };
    for (const members of index.rest()) {
      progress.people++;
      yield joinPerson(context, { ...unlisted, workspaces: members, invitations: invited.take(addressesOf(members)) });
    }
    for (const invitations of invited.rest()) {
      progress.people++;
      yield joinPerson(context, { ...unlisted, workspaces: [], invitations });
    }
    await report({});
  } finally {
    ended.abort();
    scope.end();
  }
}
