import { checkChoice, checkOptions, checkWord, type OptionNames } from '../errors/check-options.js';
import { InputError, type Permission } from '../errors/input-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { type ClientOptions, type Credential, clientOptionNames } from '../transport/options.js';

/** What a SCIM client is made from. */
export interface ScimClientOptions<A extends Access = Access> extends ClientOptions {
  /** The SCIM URL as the set-up page shows it, such as `https://api.workos.com/scim/v2.0/…`. */
  readonly baseUrl: string;
  /** The SCIM token. */
  readonly token: Credential;
  /** What the client may change. Without it: nothing. */
  readonly access?: (Access & { readonly [Box in keyof A & Permission]?: A[Box] }) | undefined;
  /** What the server is like. @default 'workos' */
  readonly profile?: 'workos' | 'rfc' | ProviderProfile | undefined;
  /**
   * Attributes that the server has of its own and whose names are one letter away from another, as paths such as `role`,
   * `addresses.county` or `urn:…:User:costCentre`: without it they are refused as misspelt. All other names are sent anyway.
   */
  readonly customAttributes?: readonly string[] | undefined;
}

/** What the program may change: the two checkboxes of the connection form. Both are off unless set. */
export interface Access {
  /** May create and change, and may activate and add members. @default false */
  readonly provisioning?: boolean | undefined;
  /** May delete, deactivate and remove members. @default false */
  readonly deprovisioning?: boolean | undefined;
}

/** What the type of a client says of it: its permissions, or that it can only read. */
export type KnownAccess = Permission | 'read-only';

/** What an {@link Access} is known to give when the program is compiled. */
export type GrantedBy<A> = [A] extends [Readonly<Record<Permission, true>>]
  ? 'provisioning' | 'deprovisioning'
  : [A] extends [{ readonly provisioning: true }]
    ? 'provisioning'
    : [A] extends [{ readonly deprovisioning: true }]
      ? 'deprovisioning'
      : 'read-only';

/** What a client may change, at run time. */
export type GrantedAccess = Readonly<Record<Permission, boolean>>;

/**
 * The methods that the permissions `P` allow. Looked up, not decided by a condition: so the compiler sees from `P` alone
 * that a client with more permissions passes for one with fewer.
 */
export type Granted<P extends KnownAccess, Provisioning, Deprovisioning, Both = never> = {
  'read-only': Record<KnownAccess, never>;
  provisioning: { 'read-only': never; provisioning: Provisioning; deprovisioning: Both };
  deprovisioning: { 'read-only': never; provisioning: Both; deprovisioning: Deprovisioning };
}[P][P];

/** What a server is assumed to do until it shows otherwise. Plain data: copy one and change what differs. */
export interface ProviderProfile {
  /** For people. */
  readonly name: string;
  /** Content type of the bodies sent. */
  readonly contentType: 'application/scim+json' | 'application/json';
  /** Rows asked for in a page, where the call does not say. */
  readonly pageSize: number;
  /** Whether bulk requests are worth asking about. */
  readonly bulk: boolean;
  /** Whether the server is asked by `POST /.search` where a program searches. */
  readonly search: boolean;
  /** Whether a write that follows a read is made to depend on the version read (`If-Match`). */
  readonly conditionalWrites: boolean;
  /** Members added or removed in one request at most. */
  readonly memberChangesPerRequest: number;
  /** Bytes of one request's body at most. */
  readonly maxBodyBytes: number;
  /** Refused here, before the first request, because the server would refuse it or, worse, accept and misread it. */
  readonly refuses: {
    /** A user without an e-mail address, where `userName` is none either. */
    readonly userWithoutEmail: boolean;
    /** `null` in a resource that is created or replaced. */
    readonly nullValues: boolean;
  };
}

/**
 * The SCIM endpoint of ChatGPT Enterprise, run by WorkOS: what its documentation and its own open-source client say of it
 * (https://workos.com/docs/integrations/scim, https://github.com/workos/scim-bridge). The default.
 */
export const workosProfile: ProviderProfile = {
  name: 'workos',
  contentType: 'application/scim+json',
  pageSize: 100,
  bulk: false,
  search: false,
  conditionalWrites: false,
  memberChangesPerRequest: 100,
  maxBodyBytes: 2_000_000,
  refuses: { userWithoutEmail: true, nullValues: true },
};

/** A server that keeps to RFC 7643 and RFC 7644. */
export const rfcProfile: ProviderProfile = {
  ...workosProfile,
  name: 'rfc',
  bulk: true,
  search: true,
  conditionalWrites: true,
  maxBodyBytes: 10_000_000,
  refuses: { userWithoutEmail: false, nullValues: false },
};

const optionNames: Readonly<Record<keyof ScimClientOptions, true>> = {
  ...clientOptionNames,
  baseUrl: true,
  token: true,
  access: true,
  profile: true,
  customAttributes: true,
};

/** Refuses what the types forbid: with a misspelt permission, or `'yes'`, the client could only read. */
export function checkClientOptions(given: unknown): ScimClientOptions {
  if (!isRecord(given) || !Object.hasOwn(given, 'baseUrl') || given.baseUrl === undefined) {
    throw new InputError('`baseUrl` is missing.', {
      path: ['baseUrl'],
      remedy: 'Write `new ScimClient({ baseUrl, token })`, with the SCIM URL as the set-up page shows it.',
    });
  }
  const options = checkOptions<ScimClientOptions>('ScimClient', given as unknown as ScimClientOptions, optionNames);
  const access = options.access ?? {};
  if (!isRecord(access)) {
    throw new InputError('`access` must say what the client may change.', {
      path: ['access'],
      remedy: 'Write `{ provisioning: true }`, `{ deprovisioning: true }`, or both.',
    });
  }
  for (const [name, value] of Object.entries(access)) {
    checkWord('a permission', name, ['provisioning', 'deprovisioning'], ['access']);
    checkChoice(`access.${name}`, value, [true, false, undefined]);
  }
  return { ...options, access: ownCopy(access, ['provisioning', 'deprovisioning']) };
}

const profileNames: OptionNames<ProviderProfile> = {
  name: true,
  contentType: true,
  pageSize: true,
  bulk: true,
  search: true,
  conditionalWrites: true,
  memberChangesPerRequest: true,
  maxBodyBytes: true,
  refuses: true,
};
const refusalNames: OptionNames<ProviderProfile['refuses']> = { userWithoutEmail: true, nullValues: true };

export function resolveProfile(profile: NonNullable<ScimClientOptions['profile']>): ProviderProfile {
  if (typeof profile === 'object' && isRecord(profile)) {
    return ownProfile(profile);
  }
  if (profile === 'rfc') return rfcProfile;
  if (profile === 'workos') return workosProfile;
  throw new InputError('Unknown profile.', { path: ['profile'], remedy: "Use 'workos', 'rfc' or a profile." });
}

function ownProfile(given: ProviderProfile): ProviderProfile {
  const { refuses, ...profile } = checkOptions('`profile`', given, profileNames);
  return { ...profile, refuses: checkOptions('`profile.refuses`', refuses, refusalNames) };
}
