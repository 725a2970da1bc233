import type { ComplianceSettings, ConnectionConfig, ScimSettings } from '../connection-config.js';

/** The fields, read and found right. */
export interface ReadFields {
  readonly scimBaseUrl?: string | undefined;
  readonly scimToken?: string | undefined;
  readonly provisioning?: boolean | undefined;
  readonly deprovisioning?: boolean | undefined;
  readonly complianceApiKey?: string | undefined;
  readonly workspaceIds?: readonly string[] | undefined;
  readonly organizationId?: string | undefined;
  readonly complianceBaseUrl?: string | undefined;
}

/** Makes the config of fields that fit together: no key is there without a value. */
export function assembleConfig(fields: ReadFields): ConnectionConfig {
  const { scimBaseUrl, scimToken, provisioning = false, deprovisioning = false } = fields;
  const { complianceApiKey, workspaceIds = [], organizationId, complianceBaseUrl } = fields;
  const scim: ScimSettings | undefined =
    scimBaseUrl !== undefined && scimToken !== undefined
      ? { scimBaseUrl, scimToken, provisioning, deprovisioning }
      : undefined;
  const compliance: ComplianceSettings | undefined =
    complianceApiKey !== undefined
      ? {
          complianceApiKey,
          workspaceIds,
          ...(organizationId !== undefined && { organizationId }),
          ...(complianceBaseUrl !== undefined && { complianceBaseUrl }),
        }
      : undefined;
  // One of them is there: a form with neither was refused before.
  return { ...scim, ...compliance } as ConnectionConfig;
}
