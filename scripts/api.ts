// Compares the public declarations, as built, with their snapshot: `npm run api`; `npm run api -- --update` writes it.
import { parseArgs } from 'node:util';
import { checkApi } from './api/check.ts';

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const { ok, text } = checkApi(process.cwd(), values);
console.log(text);
if (!ok) process.exitCode = 1;
