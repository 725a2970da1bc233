import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('the sizes in the README are what the published files are held to, rounded up', () => {
  const limits = readFileSync(join(root, '.size-limit.mjs'), 'utf8');
  const limitOf = (name: string) => {
    const [, kilobytes] = new RegExp(`line\\('${name}'[^)]*'([\\d.]+) kB'`).exec(limits) ?? [];
    return Math.ceil(Number(kilobytes));
  };
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const sizesOf = (entry: string) => {
    const [, cell = ''] =
      new RegExp(`^\\| \`chatgpt-enterprise-sdk${entry}\` \\|.*\\| ([^|]+) \\|$`, 'm').exec(readme) ?? [];
    return (cell.match(/\d+/g) ?? []).map(Number);
  };
  expect(sizesOf('')).toEqual([limitOf('everything in the root')]);
  expect(sizesOf('/scim')).toEqual([limitOf('ScimClient')]);
  expect(sizesOf('/audit-logs')).toEqual([limitOf('AuditLogClient')]);
  expect(sizesOf('/admin')).toEqual([limitOf('AdminClient')]);
  expect(sizesOf('/provisioning')).toEqual([limitOf('planDirectory')]);
  expect(sizesOf('/normalize')).toEqual([limitOf('toOcsf'), limitOf('toEcs')]);
});
