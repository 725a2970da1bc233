import * as fs from 'node:fs/promises';
import * as util from 'node:util';
import ts from 'typescript';
import * as admin from '../../../src/admin/index.js';
import * as auditLogs from '../../../src/audit-logs/index.js';
import * as root from '../../../src/index.js';
import * as scim from '../../../src/scim/index.js';

const modules: Readonly<Record<string, unknown>> = {
  'node:fs/promises': fs,
  'node:util': util,
  'chatgpt-enterprise-sdk': root,
  'chatgpt-enterprise-sdk/admin': admin,
  'chatgpt-enterprise-sdk/audit-logs': auditLogs,
  'chatgpt-enterprise-sdk/scim': scim,
};

/** Runs a block of a document in this process, and gives what it declares under these names. */
export function loadBlock(code: string, names: readonly string[]): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(`${code}\nexport { ${names.join(', ')} };`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ESNext },
  });
  const exports: Record<string, unknown> = {};
  // What is run is our own guide.
  new Function('require', 'exports', outputText)((name: string) => modules[name], exports);
  return exports;
}
