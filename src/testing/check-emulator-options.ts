import { checkChoice, checkNumber, checkOptions } from '../errors/check-options.js';
import { checkComplianceQuirks } from './compliance/behaviour.js';
import type {
  ComplianceOptions,
  EmulatorConnectionConfig,
  EmulatorOptions,
  ListenOptions,
  ScimOptions,
} from './emulator.js';
import { checkScimQuirks } from './scim/quirks.js';

/** Refuses what is misspelt: an emulator without the quirk that a test is about would let the test pass. */
export function checkEmulatorOptions(options: EmulatorOptions): void {
  checkOptions('createEmulator()', options, {
    seed: true,
    clock: true,
    world: true,
    scim: true,
    compliance: true,
    createId: true,
    maxRecordedRequests: true,
  });
  const { seed, world, scim, compliance, maxRecordedRequests } = options;
  checkIfGiven('seed', seed, 0);
  checkChoice('world', world, [undefined, 'default', 'empty']);
  checkIfGiven('maxRecordedRequests', maxRecordedRequests, 0);
  if (scim !== undefined) checkScim(scim);
  if (compliance !== undefined) checkCompliance(compliance);
}

function checkScim(scim: ScimOptions): void {
  checkOptions('createEmulator({ scim })', scim, { mode: true, me: true, quirks: true });
  checkChoice('mode', scim.mode, [undefined, 'workos', 'rfc']);
  if (scim.quirks !== undefined) checkScimQuirks(scim.quirks);
}

function checkCompliance(compliance: ComplianceOptions): void {
  checkOptions('createEmulator({ compliance })', compliance, {
    rateLimits: true,
    selfAudit: true,
    logs: true,
    quirks: true,
  });
  const { rateLimits, selfAudit, logs, quirks } = compliance;
  checkChoice('selfAudit', selfAudit, [undefined, true, false]);
  if (rateLimits !== undefined && rateLimits !== 'documented') {
    checkOptions('rateLimits', rateLimits, { downloadsPerMinute: true, requestsPerMinute: true });
    checkIfGiven('downloadsPerMinute', rateLimits.downloadsPerMinute);
    checkIfGiven('requestsPerMinute', rateLimits.requestsPerMinute);
  }
  if (quirks !== undefined) checkComplianceQuirks(quirks);
  if (logs === undefined) return;
  checkOptions('createEmulator({ compliance: { logs } })', logs, {
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
}

export function checkListenOptions(options: ListenOptions): void {
  checkOptions('listen()', options, { port: true, storagePort: true });
}

export function checkConnectionConfig(overrides: Partial<EmulatorConnectionConfig>): void {
  checkOptions<Partial<Record<keyof EmulatorConnectionConfig, unknown>>>('connectionConfig()', overrides, {
    scimBaseUrl: true,
    scimToken: true,
    complianceApiKey: true,
    workspaceIds: true,
    complianceBaseUrl: true,
    organizationId: true,
    provisioning: true,
    deprovisioning: true,
  });
}

function checkIfGiven(name: string, value: number | undefined, least = 1): void {
  if (value !== undefined && value !== Number.POSITIVE_INFINITY) checkNumber(name, value, least);
}
