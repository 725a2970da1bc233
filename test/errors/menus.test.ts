import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as menus from '../../src/errors/menus.js';

const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const textOf = (file: string) => readFileSync(join(source, file), 'utf8');
const home = join('errors', 'menus.ts');

it('keeps every way through a menu in one file', () => {
  // An arrow that begins a line, as before a remedy, leads through no menu.
  const others = files.filter((file) => file !== home && /[^\s`'"] *→/.test(textOf(file)));
  expect(others).toEqual([]);
  expect(textOf(home)).toMatch(/\S →/);
});

it.each(Object.keys(menus))('%s says when it was seen, and is said somewhere', (name) => {
  const above = textOf(home).split(`export const ${name} `)[0]?.trimEnd().split('\n').at(-1);
  expect(above).toMatch(/Seen (?:\d{4}-\d{2}-\d{2}|as \{@link \w+\})/);
  expect(files.filter((file) => file !== home && new RegExp(`\\b${name}\\b`).test(textOf(file)))).not.toEqual([]);
});

it('names the old place and the new one where an administrator may be shown either', () => {
  expect(menus.customScim).toMatch(/Identity & access \(formerly Identity & Provisioning\)/);
  expect(menus.directoryOfTenant).toMatch(/Cloud Console ↗.+admin\.openai\.com → Global settings → Access → Directory/);
  for (const text of [menus.workspaceDetails, menus.copyWorkspaceId, menus.copyOrganizationId]) {
    expect(text).toMatch(/General → Workspace details, or under admin\.openai\.com → workspace → General/);
  }
});

it('says of each way what begins like the ways that begin with it', () => {
  expect(menus.customScim.startsWith(`${menus.directorySync} → `)).toBe(true);
  expect(menus.copyWorkspaceId).toContain(menus.workspaceDetails);
});

it('sends nobody to the SCIM page of the workspace alone: the directory may stand at the tenant', () => {
  const templates = files
    .filter((file) => file !== home)
    .flatMap((file) => textOf(file).match(/`[^`]*\$\{(?:customScim|directorySync)\}[^`]*`/g) ?? []);
  expect(templates.length).toBeGreaterThan(10);
  expect(templates.filter((template) => !/\$\{directoryOfTenant\}/.test(template))).toEqual([]);
});
