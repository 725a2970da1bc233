import { checkChoice, checkNumber, checkOptions, checkText } from '../errors/check-options.js';
import { checkAdminQuirks } from './admin/behaviour.js';
import { checkComplianceQuirks } from './compliance/behaviour.js';
import type {
  AdminOptions,
  ComplianceOptions,
  EmulatorConnectionConfig,
  EmulatorOptions,
  ListenOptions,
  ScimOptions,
} from './emulator.js';
import { checkPlatform } from './platform/behaviour.js';
import { checkScimQuirks } from './scim/quirks.js';
import { checkWorkspaces } from './world/new-workspace.js';

/** Refuses what is misspelt: an emulator without the quirk that a test is about would let the test pass. */
export function checkEmulatorOptions(given: EmulatorOptions): EmulatorOptions {
  const options = checkOptions('createEmulator()', given, {
    seed: true,
    clock: true,
    world: true,
    workspaces: true,
    scim: true,
    compliance: true,
    admin: true,
    platform: true,
    createId: true,
    maxRecordedRequests: true,
  });
  const { seed, world, scim, compliance, maxRecordedRequests } = options;
  checkIfGiven('seed', seed, 0);
  checkChoice('world', world, [undefined, 'default', 'empty']);
  checkIfGiven('maxRecordedRequests', maxRecordedRequests, 0);
  const workspaces = checkWorkspaces(options.workspaces);
  const sides = { scim: checkScim(scim), compliance: checkCompliance(compliance), admin: checkAdmin(options.admin) };
  return { ...options, workspaces, ...sides, platform: checkPlatform(options.platform) };
}

function checkAdmin(given: AdminOptions | undefined): AdminOptions {
  const admin = checkOptions('createEmulator({ admin })', given, { quirks: true });
  if (admin.quirks !== undefined) checkAdminQuirks(admin.quirks);
  return admin;
}

function checkScim(given: ScimOptions | undefined): ScimOptions {
  const scim = checkOptions('createEmulator({ scim })', given, {
    mode: true,
    me: true,
    quirks: true,
    sync: true,
    oauth: true,
  });
  checkChoice('mode', scim.mode, [undefined, 'workos', 'rfc']);
  checkChoice('sync', scim.sync, [undefined, 'tenant', 'workspace']);
  if (scim.quirks !== undefined) checkScimQuirks(scim.quirks);
  return { ...scim, oauth: scim.oauth && checkOAuth(scim.oauth) };
}

function checkOAuth(given: NonNullable<ScimOptions['oauth']>): NonNullable<ScimOptions['oauth']> {
  const oauth = checkOptions('createEmulator({ scim: { oauth } })', given, {
    expiresInSeconds: true,
    authentication: true,
    scope: true,
  });
  checkIfGiven('expiresInSeconds', oauth.expiresInSeconds, 0);
  checkChoice('authentication', oauth.authentication, [undefined, 'basic', 'post']);
  if (oauth.scope !== undefined) checkText('scope', oauth.scope);
  return oauth;
}

function checkCompliance(given: ComplianceOptions | undefined): ComplianceOptions {
  const compliance = checkOptions('createEmulator({ compliance })', given, {
    rateLimits: true,
    selfAudit: true,
    logs: true,
    quirks: true,
  });
  const { selfAudit, quirks } = compliance;
  checkChoice('selfAudit', selfAudit, [undefined, true, false]);
  if (quirks !== undefined) checkComplianceQuirks(quirks);
  return { ...compliance, rateLimits: checkRateLimits(compliance.rateLimits), logs: checkLogs(compliance.logs) };
}

function checkRateLimits(given: ComplianceOptions['rateLimits']): NonNullable<ComplianceOptions['rateLimits']> {
  if (given === 'documented') return given;
  const limits = checkOptions('rateLimits', given, { downloadsPerMinute: true, requestsPerMinute: true });
  checkIfGiven('downloadsPerMinute', limits.downloadsPerMinute);
  checkIfGiven('requestsPerMinute', limits.requestsPerMinute);
  return limits;
}

function checkLogs(given: ComplianceOptions['logs']): NonNullable<ComplianceOptions['logs']> {
  const logs = checkOptions('createEmulator({ compliance: { logs } })', given, {
    windowMs: true,
    maxFileBytes: true,
    retentionMs: true,
    tiedEndTimes: true,
    publishDelayMs: true,
  });
  checkIfGiven('windowMs', logs.windowMs);
  checkIfGiven('maxFileBytes', logs.maxFileBytes, 0);
  checkIfGiven('retentionMs', logs.retentionMs, 0);
  checkIfGiven('publishDelayMs', logs.publishDelayMs, 0);
  checkChoice('tiedEndTimes', logs.tiedEndTimes, [undefined, true, false]);
  return logs;
}

export function checkListenOptions(options: ListenOptions): ListenOptions {
  return checkOptions('listen()', options, { port: true, storagePort: true });
}

export function checkConnectionConfig(overrides: Partial<EmulatorConnectionConfig>): void {
  checkOptions<Partial<Record<keyof EmulatorConnectionConfig, unknown>>>('connectionConfig()', overrides, {
    scimBaseUrl: true,
    scimToken: true,
    complianceApiKey: true,
    complianceApiKeys: true,
    workspaceIds: true,
    complianceBaseUrl: true,
    organizationId: true,
    platformApiKey: true,
    platformOrganizationId: true,
    platformIncludeTenant: true,
    platformBaseUrl: true,
    provisioning: true,
    deprovisioning: true,
  });
}

function checkIfGiven(name: string, value: number | undefined, least = 1): void {
  if (value !== undefined && value !== Number.POSITIVE_INFINITY) checkNumber(name, value, least);
}
