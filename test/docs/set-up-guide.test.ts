import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/index.js';
import { createEmulator } from '../../src/testing/index.js';
import { findCodeBlocks } from './support/code-blocks.js';
import { loadBlock } from './support/load-block.js';

const root = resolve(import.meta.dirname, '../..');
const guide = await readFile(join(root, 'docs/guides/set-up.md'), 'utf8');
const code = findCodeBlocks(guide).find((block) => block.code.includes('complianceApiKeys'))?.code ?? '';
const [europe = '', america = ''] = new Set(code.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));

afterEach(() => vi.unstubAllEnvs());

test.each(['fromRows', 'fromText', 'mixed'])(
  'the guide’s form %s opens each workspace with its own key',
  async (name) => {
    await using emulator = createEmulator({ workspaces: [{ id: europe }, { id: america }] });
    const { keys, apiKeys } = emulator.compliance;
    const older = keys.create({ keyClass: 'legacy_compliance', principalIds: [europe] });
    vi.stubEnv('KEY_OF_EUROPE', apiKeys[europe]);
    vi.stubEnv('KEY_OF_AMERICA', apiKeys[america]);
    vi.stubEnv('COMPLIANCE_API_KEY', older);
    const config = loadBlock(code, [name])[name] as Parameters<typeof connect>[0];

    const { complianceBaseUrl } = emulator.connectionConfig();
    await using connection = connect({ ...config, complianceBaseUrl } as typeof config, { fetch: emulator.fetch });
    const { credentials, workspaces } = await connection.check({ eventTypes: ['AUTH_LOG'] });
    expect(workspaces.map(({ principal, opened }) => [principal.id, opened])).toEqual([
      [europe, 'ok'],
      [america, 'ok'],
    ]);
    expect(credentials.map(({ principals }) => principals?.map(({ id }) => id))).toEqual([[europe], [america]]);
  },
);

describe('of TS1479, which a CommonJS file gets, the guide is right', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guide-'));
    const installed = join(folder, 'node_modules/chatgpt-enterprise-sdk');
    await mkdir(installed, { recursive: true });
    const { type, exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    // As published, but for the declarations themselves.
    const entry = { types: './index.d.ts', default: './index.js' };
    expect(Object.keys(exports['.'])).toEqual(Object.keys(entry));
    await writeFile(join(installed, 'package.json'), JSON.stringify({ type, exports: { '.': entry } }));
    await writeFile(join(installed, 'index.d.ts'), 'export declare function connect(): void;');
    await writeFile(join(folder, 'package.json'), '{}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const importIt = "import { connect } from 'chatgpt-enterprise-sdk';\nconnect();";
  test.each([
    ['node16', 'app.ts', importIt, [1479]],
    ['node18', 'app.ts', importIt, [1479]],
    ['nodenext', 'app.ts', importIt, []],
    ['node16', 'app.mts', importIt, []],
    ['node16', 'app.ts', "export const it = () => import('chatgpt-enterprise-sdk');", []],
  ])('module %s, %s: %s', async (module, name, source, codes) => {
    expect(guide).toContain(module);
    const file = join(folder, name);
    await writeFile(file, source);
    const asked = { module, target: 'es2022', lib: ['es2015'], types: [] };
    const program = ts.createProgram([file], ts.convertCompilerOptionsFromJson(asked, folder).options);
    expect(program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ code }) => code)).toEqual(codes);
  });
});
