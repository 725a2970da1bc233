/** What users may import. */
export const entries = [
  'chatgpt-enterprise-sdk',
  'chatgpt-enterprise-sdk/scim',
  'chatgpt-enterprise-sdk/audit-logs',
  'chatgpt-enterprise-sdk/admin',
  'chatgpt-enterprise-sdk/provisioning',
  'chatgpt-enterprise-sdk/export',
  'chatgpt-enterprise-sdk/normalize',
  'chatgpt-enterprise-sdk/testing',
] as const;
