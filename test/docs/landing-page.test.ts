import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { linksIn } from './support/anchors.js';
import { findCodeBlocks } from './support/code-blocks.js';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/README.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);

test.each([
  ['Read people', 'guides/people.md'],
  ['Change them', 'guides/sync-users.md'],
  ['Pull audit logs', 'guides/audit-logs.md'],
  ['Validate the form', 'guides/set-up.md'],
])('%s: three statements that fit on the page, and a guide', (job, guide) => {
  const section = sections.find((text) => text.startsWith(`${job}\n`)) ?? '';
  const [{ code = '' } = {}, ...others] = findCodeBlocks(section);
  expect(others).toEqual([]);
  const { statements } = ts.createSourceFile('job.ts', code, ts.ScriptTarget.Latest);
  expect(statements.filter((statement) => !ts.isImportDeclaration(statement))).toHaveLength(3);
  expect(Math.max(...code.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(84);
  expect(linksIn(section)).toContain(guide);
});
