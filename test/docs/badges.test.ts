import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addressesIn } from '../../scripts/repository/addresses.js';

const root = resolve(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(textOf('package.json'));
const { repository } = addressesIn(textOf('package.json'));

const badges = [...textOf('README.md').matchAll(/^\[!\[([^\]]*)\]\(([^)\s]+)\)\]\(([^)\s]+)\)$/gm)];
const saying = badges.flatMap(([, alt = '', image = '']) => {
  const [, label, message] = /^https:\/\/img\.shields\.io\/badge\/([^-]+)-([^-]+)-\w+$/.exec(image) ?? [];
  return label === undefined ? [] : [{ label, message: decodeURIComponent(message ?? ''), alt }];
});

test('each badge of the README says by its text what it says by its picture, and leads somewhere', () => {
  for (const [, , image = '', link = ''] of badges) {
    expect(image).toMatch(/^https:\/\//);
    expect(link).toMatch(/^https:\/\//);
  }
  for (const { label, message, alt } of saying) {
    expect(alt).toContain(label === 'provenance' || label === 'types' ? label : message.replace('≥ ', ''));
  }
});

test('what a badge says is so', () => {
  const [, floor = ''] = /^>=(\d+\.\d+)\.0$/.exec(manifest.engines.node) ?? [];
  expect(Object.fromEntries(saying.map(({ label, message }) => [label, message]))).toEqual({
    Node: `≥ ${floor}`,
    types: 'included',
    dependencies: String(Object.keys(manifest.dependencies ?? {}).length),
    provenance: 'yes',
    licence: manifest.license,
  });
  for (const target of Object.values<string | { types?: string }>(manifest.exports)) {
    if (typeof target !== 'string') expect(target.types).toMatch(/\.d\.ts$/);
  }
  expect(manifest.publishConfig.provenance).toBe(true);
  expect(textOf('LICENSE')).toMatch(/^MIT License/);
});

test('those that are asked for each time are of this package and of this repository', () => {
  const asked = badges.filter(([, , image = '']) => !image.includes('/badge/'));
  expect(asked.map(([, , image]) => image)).toEqual([
    `https://img.shields.io/npm/v/${manifest.name}`,
    `${repository}/actions/workflows/ci.yml/badge.svg?branch=main`,
  ]);
  expect(existsSync(join(root, '.github/workflows/ci.yml'))).toBe(true);
});
