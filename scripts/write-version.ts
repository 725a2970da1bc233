// Copies the version of package.json into the source, after changesets has raised it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const path = join(root, 'src/internal/version.ts');
writeFileSync(path, readFileSync(path, 'utf8').replace(/'[^']*'(?=;)/, `'${version}'`));
