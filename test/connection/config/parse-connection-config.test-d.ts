import { expectTypeOf } from 'vitest';
import type {
  ComplianceOnlyConfig,
  ComplianceSettings,
  ConnectionConfig,
  ConnectionPart,
  FullConfig,
  ScimOnlyConfig,
  ScimSettings,
} from '../../../src/connection/form.js';
import { type ParseConnectionConfigOptions, parseConnectionConfig } from '../../../src/connection/parse-form.js';

// Whether a half is there is a question until it is asked.
const config = parseConnectionConfig({} as unknown);
expectTypeOf(config).toExtend<ConnectionConfig>();
expectTypeOf(config.scimToken).toEqualTypeOf<string | undefined>();
expectTypeOf(config.workspaceIds).toEqualTypeOf<readonly string[] | undefined>();
if (config.scimToken !== undefined) {
  expectTypeOf(config.scimBaseUrl).toEqualTypeOf<string>();
  expectTypeOf(config.provisioning).toEqualTypeOf<boolean>();
}
expectTypeOf(config.complianceApiKey).toEqualTypeOf<string | undefined>();
expectTypeOf(config.complianceApiKeys).toEqualTypeOf<Readonly<Record<string, string>> | undefined>();
if (config.workspaceIds !== undefined && config.complianceApiKey === undefined) {
  expectTypeOf(config.complianceApiKeys).toEqualTypeOf<Readonly<Record<string, string>>>();
}
if (config.complianceApiKeys !== undefined) expectTypeOf(config.workspaceIds).toEqualTypeOf<readonly string[]>();
if (config.complianceApiKey !== undefined) expectTypeOf(config.workspaceIds).toEqualTypeOf<readonly string[]>();
if (config.provisioning === true) expectTypeOf(config.provisioning).toEqualTypeOf<true>();

// What is required is there.
expectTypeOf(parseConnectionConfig({}, { require: ['scim'] })).toExtend<ScimSettings>();
expectTypeOf(parseConnectionConfig({}, { require: ['compliance'] })).toExtend<ComplianceSettings>();
// An Admin key stands in the compliance half.
expectTypeOf(parseConnectionConfig({}, { require: ['admin'] })).toExtend<ComplianceSettings>();
expectTypeOf(parseConnectionConfig({}, { require: ['scim', 'admin'] })).toExtend<FullConfig>();
expectTypeOf(parseConnectionConfig({}, { require: ['scim', 'compliance'] })).toExtend<FullConfig>();

// Each half is legal without the other, and a part of a half is not.
expectTypeOf<{
  scimBaseUrl: string;
  scimToken: string;
  provisioning: boolean;
  deprovisioning: false;
}>().toExtend<ScimOnlyConfig>();
expectTypeOf<{ complianceApiKey: string; workspaceIds: string[] }>().toExtend<ComplianceOnlyConfig>();
expectTypeOf<{
  complianceApiKeys: Record<string, string>;
  workspaceIds: string[];
}>().toExtend<ComplianceOnlyConfig>();
expectTypeOf<{ workspaceIds: string[] }>().not.toExtend<ConnectionConfig>();
expectTypeOf<{ complianceApiKeys: Record<string, string> }>().not.toExtend<ConnectionConfig>();
expectTypeOf<{ complianceApiKey: string }>().not.toExtend<ConnectionConfig>();
expectTypeOf<{ scimBaseUrl: string; scimToken: string }>().not.toExtend<ConnectionConfig>();
// @ts-expect-error TS2322: no such part
parseConnectionConfig({}, { require: ['logs'] });
// @ts-expect-error TS2322: a part is required that the type does not tell of
parseConnectionConfig<'scim'>({}, { require: ['compliance'] });
// @ts-expect-error TS2322: a list of them
parseConnectionConfig({}, { require: 'scim' });
// What the compiler says there names the parts that there are.
expectTypeOf<ParseConnectionConfigOptions['require']>().toEqualTypeOf<readonly ConnectionPart[] | undefined>();
