import { checkChoice, checkList, checkNumber, checkOptions, checkText } from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import { InputError } from '../../errors/input-errors.js';
import type { Random } from '../random.js';
import {
  auditLogScope,
  type ComplianceScope,
  everyReadScope,
  everyScopeOfAdminKeys,
  needsOwner,
  scopesOfAdmins,
} from './scopes.js';
import type { Workspaces } from './workspaces.js';

/** How a key was made, which decides whether this service knows it at all. */
export type ComplianceKeyClass =
  /** Admin key of one workspace, made at admin.openai.com, `sk-admin-…`. */
  | 'workspace_admin'
  /** Secret key that OpenAI has given the compliance scopes, `sk-proj-…`. */
  | 'legacy_compliance'
  /** Admin key of platform.openai.com, `sk-admin-…`: another object, refused here with 401. It opens the audit log there. */
  | 'platform_admin'
  /** Ordinary project key, `sk-proj-…`: refused with 401. */
  | 'project'
  /** Access token of a service account: refused with 401. What one looks like is not published. */
  | 'service_account';

/** What a key is good for now. The service tells nobody: no route reports it. */
export type ComplianceKeyStatus =
  | 'active'
  | 'expired'
  /** Whoever made it left the workspace, was deactivated, or lost the role that its permissions need. */
  | 'creator_gone'
  /** A legacy Compliance key to which OpenAI has not given its scopes yet. */
  | 'not_enabled'
  /** Of a class that has no access to this service. */
  | 'wrong_class';

/** A key as the console of its owner lists it, and its secret besides. */
export interface ComplianceKey {
  /** What is sent as the bearer token. */
  readonly secret: string;
  /** How it was made. */
  readonly keyClass: ComplianceKeyClass;
  /** What it may do. */
  readonly scopes: ReadonlySet<string>;
  /** The one workspace of an Admin key. */
  readonly workspaceId?: string | undefined;
  /** Workspaces and organizations that another key may see; `undefined` for all of them. */
  readonly principalIds?: ReadonlySet<string> | undefined;
  /** Milliseconds since the epoch, by the emulator's clock; `undefined` for never. */
  readonly expiresAt?: number | undefined;
  /** Id of the member who made an Admin key; `undefined` for an owner who never leaves. */
  readonly creatorId?: string | undefined;
  /** What it is good for now. */
  readonly status: ComplianceKeyStatus;
}

/** What {@link ComplianceKeys.create} takes. */
export interface NewComplianceKey {
  /** @default 'workspace_admin' */
  readonly keyClass?: ComplianceKeyClass | undefined;
  /** The one workspace of an Admin key: it is refused for every other one. @default the first workspace */
  readonly workspaceId?: string | undefined;
  /** Workspace and organization ids of a legacy Compliance key. @default every one of the emulator's */
  readonly principalIds?: readonly string[] | undefined;
  /**
   * The permissions that are ticked. @default everything that a key of its class can read; of a key that an admin makes: the
   * Admin API, and audit, authentication and app logs
   */
  readonly scopes?: readonly ComplianceScope[] | undefined;
  /** Days until an Admin key expires, from 1 to 365, by the emulator's clock. @default never */
  readonly expiresInDays?: number | undefined;
  /**
   * Id or address of who makes an Admin key: an active owner or admin of its workspace. The key dies when that member leaves,
   * is deactivated there or in the directory, or loses the role. @default an owner who never leaves
   */
  readonly creator?: string | undefined;
  /** Whether OpenAI has given a legacy Compliance key its scopes, which takes a mail to its support. @default true */
  readonly enabled?: boolean | undefined;
}

/** What of the world a key depends on. */
interface KeyWorld {
  readonly now: () => number;
  readonly workspaces: Workspaces;
  readonly directory: KeyDirectory;
}

/** The accounts of the directory, as far as keys are concerned. */
export interface KeyDirectory {
  /** Id of the account with this address. */
  idOf(email: string): string | undefined;
  /** Whether an account is there and not switched off. */
  isActive(id: string): boolean;
}

interface StoredKey extends Omit<ComplianceKey, 'status'> {
  readonly accountId: string | undefined;
  readonly isEnabled: boolean;
}

/** The keys the service knows. */
export class ComplianceKeys {
  // Replaced, never changed.
  #keys: ReadonlyMap<string, StoredKey> = new Map();
  readonly #random: Random;
  readonly #world: KeyWorld;

  /** @internal */
  constructor(random: Random, world: KeyWorld) {
    this.#random = random;
    this.#world = world;
  }

  /**
   * Makes a key and gives its secret.
   *
   * @throws InputError for an option there is not, or one that keys of this class have not.
   * @throws EmulatorError for a workspace that there is not, or a creator who may not make such a key.
   *
   * @example
   * import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const [first = ''] = emulator.compliance.workspaceIds;
   * const [owner] = emulator.store.workspaces.users(first);
   * const key = emulator.compliance.keys.create({ workspaceId: first, creator: owner?.email, expiresInDays: 30 });
   * emulator.clock.advance(30 * 86_400_000);
   * console.log(emulator.compliance.keys.get(key)?.status); // expired
   */
  create(options: NewComplianceKey = {}): string {
    return this.createWith(this.#random, options);
  }

  /** @internal */
  createWith(random: Random, options: NewComplianceKey): string {
    const given = checkNewKey(options);
    const { keyClass = 'workspace_admin' } = given;
    const made = keyClass === 'workspace_admin' ? this.#adminKey(given) : undefined;
    const secret = `${prefixes[keyClass]}${random.text(40)}`;
    const key: StoredKey = {
      secret,
      keyClass,
      principalIds: given.principalIds && new Set(given.principalIds),
      isEnabled: given.enabled ?? true,
      accountId: undefined,
      scopes: new Set(given.scopes ?? everyScopeOf[keyClass]),
      ...made,
    };
    this.#keys = new Map([...this.#keys, [secret, key]]);
    return secret;
  }

  /** The key is refused with 401 from now on. */
  revoke(secret: string): void {
    this.#keys = new Map([...this.#keys].filter(([known]) => known !== secret));
  }

  /** OpenAI gives a legacy Compliance key its scopes. @throws EmulatorError for a key that there is not. */
  enable(secret: string): void {
    const key = this.#keys.get(secret);
    if (key?.keyClass !== 'legacy_compliance') throw invalid('There is no such legacy Compliance key.');
    this.#keys = new Map(this.#keys).set(secret, { ...key, isEnabled: true });
  }

  /** The key with this secret, as it is now; `undefined` for one that was revoked, or never made. */
  get(secret: string): ComplianceKey | undefined {
    const stored = this.#keys.get(secret);
    if (stored === undefined) return undefined;
    const { accountId: _account, isEnabled: _enabled, ...key } = stored;
    return { ...key, status: this.#statusOf(stored) };
  }

  /** All keys that were not revoked, oldest first. */
  list(): readonly ComplianceKey[] {
    return [...this.#keys.keys()].flatMap((secret) => this.get(secret) ?? []);
  }

  /** @internal */
  snapshot(): ReadonlyMap<string, unknown> {
    return this.#keys;
  }

  /** @internal */
  restore(snapshot: ReturnType<ComplianceKeys['snapshot']>): void {
    // What `snapshot` gave.
    this.#keys = snapshot as ReadonlyMap<string, StoredKey>;
  }

  #adminKey({ workspaceId, scopes, expiresInDays, creator }: NewComplianceKey) {
    const { workspaces, now, directory } = this.#world;
    const workspace = workspaceId === undefined ? [...workspaces][0] : workspaces.get(workspaceId);
    if (workspace === undefined) {
      const remedy =
        'Add the workspace first, with `emulator.store.workspaces.add` or `createEmulator({ workspaces })`.';
      throw invalid('An Admin key is for one workspace, and there is no such workspace.', remedy);
    }
    const expiresAt = expiresInDays === undefined ? undefined : now() + expiresInDays * dayMs;
    const facts = { workspaceId: workspace.id, expiresAt };
    if (creator === undefined) return facts;
    const member = workspaces.member(workspace.id, creator);
    const isOwner = member?.status === 'active' && member.role === 'account-owner';
    const isAdmin = member?.status === 'active' && member.role === 'account-admin';
    if (member === undefined || !(isOwner || isAdmin)) {
      throw invalid('Only an active owner or admin of the workspace can make an Admin key for it.');
    }
    const ticked = new Set<string>(scopes ?? (isOwner ? everyScopeOfAdminKeys : scopesOfAdmins));
    if (!isOwner && needsOwner(ticked)) {
      const remedy = 'Let an owner make it, or leave out broad compliance, conversation messages and roles.';
      throw invalid('An admin cannot tick what only owners may.', remedy);
    }
    return { ...facts, scopes: ticked, creatorId: member.id, accountId: directory.idOf(member.email) };
  }

  #statusOf(key: StoredKey): ComplianceKeyStatus {
    if (key.keyClass !== 'workspace_admin') {
      if (key.keyClass !== 'legacy_compliance') return 'wrong_class';
      return key.isEnabled ? 'active' : 'not_enabled';
    }
    if (key.expiresAt !== undefined && this.#world.now() >= key.expiresAt) return 'expired';
    return this.#hasCreator(key) ? 'active' : 'creator_gone';
  }

  #hasCreator({ workspaceId = '', creatorId, accountId, scopes }: StoredKey): boolean {
    const { workspaces, directory } = this.#world;
    if (creatorId === undefined) return true;
    const member = workspaces.member(workspaceId, creatorId);
    if (member?.status !== 'active') return false;
    if (accountId !== undefined && !directory.isActive(accountId)) return false;
    return member.role === 'account-owner' || (member.role === 'account-admin' && !needsOwner(scopes));
  }
}

const dayMs = 86_400_000;

const prefixes: Readonly<Record<ComplianceKeyClass, string>> = {
  workspace_admin: 'sk-admin-',
  platform_admin: 'sk-admin-',
  legacy_compliance: 'sk-proj-',
  project: 'sk-proj-',
  service_account: '',
};

/** What a key can read that was made without a choice. */
const everyScopeOf: Readonly<Record<ComplianceKeyClass, readonly string[]>> = {
  workspace_admin: everyScopeOfAdminKeys,
  platform_admin: [auditLogScope],
  legacy_compliance: everyReadScope,
  project: everyReadScope,
  service_account: everyReadScope,
};

/** Which class of keys an option belongs to. */
const ofClass: Partial<Record<keyof NewComplianceKey, ComplianceKeyClass>> = {
  workspaceId: 'workspace_admin',
  expiresInDays: 'workspace_admin',
  creator: 'workspace_admin',
  principalIds: 'legacy_compliance',
  enabled: 'legacy_compliance',
};

/** Refuses what is misspelt or out of place: a key that opens more than a test means to would let it pass. */
export function checkNewKey(options: NewComplianceKey): NewComplianceKey {
  const key = checkOptions('keys.create()', options, {
    keyClass: true,
    workspaceId: true,
    principalIds: true,
    scopes: true,
    expiresInDays: true,
    creator: true,
    enabled: true,
  });
  if (key.scopes !== undefined) checkList('scopes', key.scopes);
  if (key.principalIds !== undefined) checkList('principalIds', key.principalIds);
  if (key.workspaceId !== undefined) checkText('workspaceId', key.workspaceId);
  if (key.creator !== undefined) checkText('creator', key.creator);
  checkChoice('enabled', key.enabled, [undefined, true, false]);
  checkChoice('keyClass', key.keyClass, [undefined, ...Object.keys(prefixes)]);
  if (key.expiresInDays !== undefined && checkNumber('expiresInDays', key.expiresInDays) > 365) {
    throw new InputError('`expiresInDays` must be at most 365.', { path: ['expiresInDays'] });
  }
  const keyClass = key.keyClass ?? 'workspace_admin';
  for (const [name, owner] of Object.entries(ofClass)) {
    if (owner === keyClass || key[name as keyof NewComplianceKey] === undefined) continue;
    const remedy =
      name === 'principalIds' && keyClass === 'workspace_admin'
        ? 'An Admin key is for one workspace: write `workspaceId`.'
        : `Leave it out, or write \`keyClass: '${owner}'\`.`;
    throw new InputError(`A key of the class ${keyClass} has no \`${name}\`.`, { path: [name], remedy });
  }
  return key;
}

function invalid(message: string, remedy?: string): EmulatorError {
  return new EmulatorError('invalid_world', message, { remedy });
}
