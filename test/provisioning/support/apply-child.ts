import { readFileSync } from 'node:fs';
import { type ApplyOptions, applyPlan, type DirectoryPlan, fileJournal } from '../../../src/provisioning/index.js';
import { ScimClient } from '../../../src/scim/index.js';
import { sqlJournal } from './sql-journal.js';

// Applies a plan until it is done or killed: `node apply-child.mjs '<settings as JSON>'`. Prints a line for each action, then
// the result, or the code and the message of the error, as JSON.
const settings = JSON.parse(process.argv[2] ?? '{}') as ChildSettings;
const { baseUrl, token, plan: planPath, journal, lock, run, aheadMs = 0, profile } = settings;

/** What a child is told. */
export interface ChildSettings {
  readonly baseUrl: string;
  readonly token: string;
  /** The file with the plan. */
  readonly plan: string;
  /** The file with the journal: `*.sqlite` is a database. */
  readonly journal: string;
  /** The lock that it shares with other plans. */
  readonly lock?: string | undefined;
  /** Stands in each request, so that the server can tell who sent it. */
  readonly run: string;
  readonly profile?: 'workos' | 'rfc' | undefined;
  /** By how much its clock goes ahead. */
  readonly aheadMs?: number | undefined;
}

const client = new ScimClient({
  baseUrl,
  token,
  access: { provisioning: true, deprovisioning: true },
  rateLimit: false,
  // Waits between attempts are the shortest there are: the faults stay the same.
  random: () => 0,
  headers: { 'x-run': run },
  dangerouslyAllowHttpLoopback: true,
  ...(profile && { profile }),
  ...(aheadMs > 0 && {
    clock: {
      now: () => Date.now() + aheadMs,
      sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    },
  }),
});
// A plan that was written to a file is one.
const plan = JSON.parse(readFileSync(planPath, 'utf8')) as DirectoryPlan;
const options: ApplyOptions = {
  approve: plan.hash,
  journal: fileJournal(journal, { lock }),
  concurrency: 4,
  onProgress: ({ settled }) => process.stdout.write(`${settled}\n`),
  ...(journal.endsWith('.sqlite') && { journal: sqlJournal(journal, plan.hash) }),
};
const told = await applyPlan(client, plan, options).catch((error: unknown) => {
  if (!(error instanceof Error)) throw error;
  return { code: Reflect.get(error, 'code'), message: error.message };
});
process.stdout.write(`${JSON.stringify(told)}\n`);
