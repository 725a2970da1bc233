import { checkChoice, checkOptions, checkText } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { platformAdminKeys } from '../../errors/menus.js';
import { secretKind } from '../../errors/remedies/key-kind.js';
import { isRecord } from '../../internal/json.js';
import { createPrivateTag } from '../../internal/private-tag.js';
import { checkSecret } from '../../transport/headers.js';
import type { Credential } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { platformLogTypes } from '../events/platform-event-types.js';

/** Where an organization of the API Platform keeps its data (openai-node 7.57.0, `internal/data-residency`). */
export type PlatformDataResidency = 'global' | 'us' | 'eu' | 'ae' | 'au' | 'in' | 'jp';

const residencies: readonly PlatformDataResidency[] = ['global', 'us', 'eu', 'ae', 'au', 'in', 'jp'];

/**
 * The second feed of a customer: the audit log of the API Platform (`GET /v1/organization/audit_logs`). It has a key of its own,
 * made in another console than those of ChatGPT workspaces.
 */
export interface PlatformLogOptions {
  /**
   * An Admin key of the API Platform, made by an organization owner (platform.openai.com, among the Admin keys of the organization)
   * with the scope `api.audit_logs.read`; or a function that gives it. An Admin key of a workspace is another thing, and refused.
   */
  readonly apiKey: Credential;
  /**
   * What this log is called in checkpoints, leases and stores: the organization's `org-…`, or a name of your own. No key and no
   * answer says whose log it is: under one id, what one organization has delivered would count for the other too, and be left out.
   * So each has its own; never change it, also not with the key.
   */
  readonly id: string;
  /**
   * Where the organization keeps its data, which says what host is asked: `api.openai.com`, or such as `eu.api.openai.com`.
   * @default 'global'
   */
  readonly dataResidency?: PlatformDataResidency | undefined;
  /**
   * Whether administration of the whole tenant is read too, such as changes of roles: `PLATFORM_TENANT_LOG`, for which the service
   * is asked by itself. @default false
   */
  readonly includeTenant?: boolean | undefined;
  /** Another address of the API, version included, in place of that of `dataResidency`: of a proxy, or an emulator. */
  readonly baseUrl?: string | undefined;
}

/** What the log is read with. */
export interface PlatformAccess {
  readonly principal: AuditLogPrincipal;
  readonly apiKey: Credential;
  readonly baseUrl: string;
}

const eventTypesTag = /* @__PURE__ */ createPrivateTag<readonly string[]>();

/** The event types that a client reads from the platform. */
export function platformTypesOf(principal: AuditLogPrincipal): readonly string[] {
  return eventTypesTag.get(principal) ?? [];
}

/** @throws InputError */
export function readPlatform(given: PlatformLogOptions, complianceKey: unknown): PlatformAccess {
  const { apiKey, id, dataResidency, includeTenant, baseUrl } = checkOptions('`platform`', given, {
    apiKey: true,
    id: true,
    dataResidency: true,
    includeTenant: true,
    baseUrl: true,
  });
  if (typeof apiKey !== 'function') checkKey(apiKey, complianceKey);
  checkChoice('platform.dataResidency', dataResidency, [...residencies, undefined]);
  checkChoice('platform.includeTenant', includeTenant, [true, false, undefined]);
  if (baseUrl !== undefined && dataResidency !== undefined) {
    throw new InputError('`platform` has a `baseUrl` and a `dataResidency`, which name two hosts.', {
      path: ['platform', 'baseUrl'],
      remedy: 'Leave one of them out.',
    });
  }
  const principal: AuditLogPrincipal = { type: 'platform', id: readId(id) };
  eventTypesTag.set(principal, includeTenant === true ? platformLogTypes : [platformLogTypes[0]]);
  return { principal, apiKey, baseUrl: platformUrl({ baseUrl: readBaseUrl(baseUrl), dataResidency }) };
}

/** Where the log is. */
export function platformUrl({
  baseUrl,
  dataResidency = 'global',
}: Pick<PlatformLogOptions, 'baseUrl' | 'dataResidency'>): string {
  return baseUrl ?? `https://${dataResidency === 'global' ? '' : `${dataResidency}.`}api.openai.com/v1`;
}

function readId(id: unknown): string {
  if (id === undefined) {
    throw new InputError('`platform.id` is missing: checkpoints and stores tell the logs of organizations by it.', {
      path: ['platform', 'id'],
      remedy: "Give the organization's id (org-…), or a name of your own that no other organization has.",
    });
  }
  checkText('platform.id', id);
  if (secretKind(id.trim()) !== 'unknown') {
    throw new InputError('`platform.id` starts like a key or a token: it would stand in checkpoints and stores.', {
      path: ['platform', 'id'],
      remedy: "Give the organization's id (org-…), or a name of your own for it. The key belongs in `platform.apiKey`.",
    });
  }
  if (/^[\w-]{1,128}$/.test(id.trim())) return id.trim();
  throw new InputError('`platform.id` must be 1 to 128 letters, digits, `-` or `_`.', {
    path: ['platform', 'id'],
    remedy: "Give the organization's id (org-…), or a name of your own for it.",
  });
}

const path = ['platform', 'apiKey'];
const giveItsKey = `Here give an Admin key of the API Platform, which an organization owner makes under ${platformAdminKeys}.`;

/** Refuses what is known to be another key, before it is sent. */
function checkKey(apiKey: unknown, complianceKey: unknown): void {
  checkSecret(apiKey, 'platform');
  if (secretKind(String(apiKey)) === 'scim_token') {
    throw new InputError('`platform.apiKey` starts like a SCIM token (se_…).', { path, remedy: giveItsKey });
  }
  // A key for each workspace is an object; what a function gives is not known here.
  const complianceKeys: readonly unknown[] = isRecord(complianceKey) ? Object.values(complianceKey) : [complianceKey];
  if (!complianceKeys.includes(apiKey)) return;
  throw new InputError('`platform.apiKey` is the same key as `apiKey`: no key opens both services.', {
    path,
    remedy: giveItsKey,
  });
}

/** Up to the version, as openai-node takes it. @throws InputError */
function readBaseUrl(baseUrl: string | undefined): string | undefined {
  if (typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return baseUrl;
  const { hostname, pathname, search, hash } = new URL(baseUrl);
  const isChatgpt = /(?:^|\.)chatgpt\.com\.?$/.test(hostname);
  const isPastVersion = /\/organization(?:\/.*)?$/.test(pathname);
  if (!isChatgpt && !isPastVersion && search === '' && hash === '') return baseUrl;
  throw new InputError(
    isChatgpt
      ? '`platform.baseUrl` is the address of the Compliance API, which has no such log.'
      : '`platform.baseUrl` continues past the version.',
    {
      path: ['platform', 'baseUrl'],
      remedy: 'Give the address up to the version and no further, or leave it out: it is https://api.openai.com/v1.',
    },
  );
}
