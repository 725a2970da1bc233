import type { Origins } from './core/emulator-request.js';
import type { EmulatorConnectionConfig } from './emulator.js';

/** What makes up a connection to the emulator, wherever it is reached. */
export interface ConnectionDetails {
  readonly basePath: string;
  readonly scimToken: string;
  readonly complianceApiKey: string;
  readonly workspaceIds: readonly string[];
}

/** The connection form for these origins. */
export function connectionConfigOf(
  details: ConnectionDetails,
  origins: Origins,
  overrides: Partial<EmulatorConnectionConfig> = {},
): EmulatorConnectionConfig {
  return {
    scimBaseUrl: `${origins.scim}${details.basePath}`,
    scimToken: details.scimToken,
    complianceApiKey: details.complianceApiKey,
    workspaceIds: details.workspaceIds.join(','),
    complianceBaseUrl: `${origins.compliance}/v1`,
    provisioning: false,
    deprovisioning: false,
    ...overrides,
  };
}
