import { EmulatorError } from '../errors/emulator-error.js';
import type { Group } from '../scim/schemas/group.js';
import { ENTERPRISE_USER_URN } from '../scim/schemas/urns.js';
import type { User } from '../scim/schemas/user.js';
import type { ManualGroups } from './admin/groups.js';
import type { UsageLimits } from './admin/limits.js';
import type { LogStore } from './compliance/log-store.js';
import type { Workspaces } from './compliance/workspaces.js';
import type { PlatformLog } from './platform/log.js';
import type { ScimBehaviour } from './scim/behaviour.js';
import type { Directory } from './scim/directory.js';
import { ResourceRenderer } from './scim/render.js';
import { groupKind, type ResourceData, type ResourceKind, type Row, userKind } from './scim/resource-table.js';

/** A user to put into the world: at least a `userName`. */
export interface NewUser {
  /** What the user signs in with, most often the e-mail address. */
  readonly userName: string;
  /** Any other attribute of a SCIM user (RFC 7643 §4.1), and `id`. */
  readonly [attribute: string]: unknown;
}

/** A group to put into the world: at least a `displayName`. */
export interface NewGroup {
  /** Name of the group. */
  readonly displayName: string;
  /** Any other attribute of a SCIM group (RFC 7643 §4.2), and `id`. */
  readonly [attribute: string]: unknown;
}

/** The users or the groups behind the SCIM side, past every rule of the service. */
export class StoredResources<R, New extends Readonly<Record<string, unknown>>> {
  readonly #directory: Directory;
  readonly #kind: ResourceKind;
  readonly #renderer: ResourceRenderer;

  /** @internal */
  constructor(directory: Directory, kind: ResourceKind, renderer: ResourceRenderer) {
    this.#directory = directory;
    this.#kind = kind;
    this.#renderer = renderer;
  }

  /** How many there are. */
  get size(): number {
    return this.#table.size;
  }

  /** Puts a resource into the world as it is. Give an `id` to choose it. */
  create(resource: New): R {
    return this.#render(this.#insert(resource));
  }

  /** As {@link StoredResources.create}, and gives only the id: the quick way for many. */
  add(resource: New): string {
    return this.#insert(resource).id;
  }

  /** The one with this id, as the service would show it, with every member. */
  get(id: string): R | undefined {
    const row = this.#table.get(id);
    return row === undefined ? undefined : this.#render(row);
  }

  /** The first one with this `userName` or `displayName`, whatever the case. */
  getByName(name: string): R | undefined {
    const [row] = this.#table.find('name', name);
    return row === undefined ? undefined : this.#render(row);
  }

  /** All of them, oldest first. */
  list(): R[] {
    return this.#table.list().map((row) => this.#render(row));
  }

  /** Sets attributes; `undefined` takes one away. @throws EmulatorError for an unknown id. */
  update(id: string, changes: Readonly<Record<string, unknown>>): R {
    const row = this.#rowOf(id);
    const merged = Object.entries({ ...row.attributes, ...changes }).filter(([, value]) => value !== undefined);
    return this.#render(this.#directory.update(row, Object.fromEntries(merged)));
  }

  /** Takes a resource out of the world, and out of every group. @throws EmulatorError for an unknown id. */
  delete(id: string): void {
    this.#directory.delete(this.#rowOf(id));
  }

  // What the renderer makes of a stored user is a user: it was written by the rules of the schema.
  #render(row: Row): R {
    return this.#renderer.render(row) as unknown as R;
  }

  #insert({ id, schemas, ...attributes }: New): Row {
    const own: ResourceData = { schemas: schemas ?? schemasOf(this.#kind, attributes), ...attributes };
    const identity = this.#kind.name === 'Group' ? String(own.externalId ?? own.displayName) : undefined;
    const ownId = typeof id === 'string' ? id : undefined;
    return this.#directory.create(this.#kind, { attributes: own, id: ownId, identity });
  }

  get #table() {
    return this.#directory.table(this.#kind);
  }

  #rowOf(id: string): Row {
    const row = this.#table.get(id);
    if (row === undefined) throw new EmulatorError('invalid_world', `Unknown ${this.#kind.name}.`);
    return row;
  }
}

function schemasOf(kind: ResourceKind, attributes: ResourceData): string[] {
  return Object.hasOwn(attributes, ENTERPRISE_USER_URN) ? [kind.schema.id, ENTERPRISE_USER_URN] : [kind.schema.id];
}

/** The emulator's world: what the services know, to read and to change. */
export interface EmulatorStore {
  /** The users of the directory. */
  readonly users: StoredResources<User, NewUser>;
  /** The groups of the directory. */
  readonly groups: StoredResources<Group, NewGroup>;
  /** The workspaces and their members. */
  readonly workspaces: Workspaces;
  /** The log files of workspaces and organizations. */
  readonly logs: LogStore;
  /** The audit log of the API Platform. */
  readonly platform: PlatformLog;
  /** What only the Admin API shows: groups made by hand, and limits. */
  readonly admin: {
    readonly groups: ManualGroups;
    readonly limits: UsageLimits;
  };
}

/** @internal */
export function createStore(
  directory: Directory,
  behaviour: ScimBehaviour,
  baseUrl: string,
  rest: Pick<EmulatorStore, 'workspaces' | 'logs' | 'platform' | 'admin'>,
): EmulatorStore {
  // A test looks here for what is there, whatever the service shows of it.
  const shown = { ...behaviour, idType: 'text', members: 'shown', maxMembersShown: Infinity } as const;
  const renderer = new ResourceRenderer(directory, shown, baseUrl);
  return {
    users: new StoredResources(directory, userKind, renderer),
    groups: new StoredResources(directory, groupKind, renderer),
    ...rest,
  };
}
