import { InputError } from '../errors/input-errors.js';
import { otherKeysOf } from '../transport/other-keys.js';
import { type AuditLogPrincipal, principalKey, readPrincipals } from '../transport/principal.js';
import { readKeys, workspacesWithKey } from '../transport/principal-keys.js';
import { ComplianceLogApi } from './api.js';
import type { AuditLogClientOptions, PlatformLogClientOptions } from './options.js';
import { PlatformLogApi } from './platform/api.js';
import { readPlatform } from './platform/options.js';

/** The logs that a client reads, each with the way to it. */
export class OpenLogs {
  readonly all: readonly (ComplianceLogApi | PlatformLogApi)[];
  readonly platform: PlatformLogApi | undefined;
  /** By whose they are: a client may have thousands. */
  readonly #byPrincipal: ReadonlyMap<string, ComplianceLogApi | PlatformLogApi>;

  /** @throws InputError */
  constructor({ platform, ...own }: AuditLogClientOptions | PlatformLogClientOptions) {
    const { rateLimit } = own;
    const { apiKey, workspaceIds, organizationId, baseUrl, rateLimit: _, ...rest } = own;
    const access = platform && readPlatform(platform, apiKey);
    this.platform = access && new PlatformLogApi(access, rest, rateLimit);
    const given = [apiKey, workspaceIds, organizationId];
    const isAlone = this.platform !== undefined && given.every((one) => one === undefined);
    this.all = [
      ...(isAlone ? [] : openCompliance(own as AuditLogClientOptions)),
      ...(this.platform ? [this.platform] : []),
    ];
    this.#byPrincipal = new Map(this.all.map((logs) => [principalKey(logs.principal), logs]));
  }

  find(principal: AuditLogPrincipal): ComplianceLogApi | PlatformLogApi | undefined {
    const isNamed = typeof principal.type === 'string' && typeof principal.id === 'string';
    return isNamed ? this.#byPrincipal.get(principalKey(principal)) : undefined;
  }

  /** @throws InputError where there is none, or one that has no files. */
  withFiles(principal: AuditLogPrincipal): ComplianceLogApi {
    const logs = this.find(principal);
    if (logs instanceof ComplianceLogApi) return logs;
    throw new InputError(
      logs === undefined
        ? 'The file belongs to a workspace or organization that this client does not read.'
        : 'The audit log of the API Platform has no files.',
      { path: ['principal'] },
    );
  }
}

function openCompliance(own: AuditLogClientOptions): readonly ComplianceLogApi[] {
  const { apiKey, workspaceIds, organizationId, rateLimit, ...rest } = own;
  const principals = readPrincipals(workspaceIds ?? workspacesWithKey(apiKey), organizationId);
  const keyOf = readKeys(apiKey, principals);
  return principals.map((principal) => {
    const otherKeys = otherKeysOf(principal, principals, keyOf);
    return new ComplianceLogApi(principal, { ...rest, apiKey: keyOf(principal), otherKeys }, rateLimit);
  });
}
