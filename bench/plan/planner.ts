// The measured side, a process of its own: `node planner.ts <what> <rounds> <users> <groups> <changes>`, and on its standard
// input what the server told. `time` tells what bare fetches, reading and planning take, and how many requests were under way at
// once; `memory` the peak of resident memory of one plan of what is made up as it is read, `memory-of-lists` the same of the file
// that the last argument names, read whole as in the guide; `apply` how many requests its changes take and how many of them
// there are a second.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import {
  applyPlan,
  type DesiredDirectory,
  type DirectoryPlan,
  memoryJournal,
  planDirectory,
} from 'chatgpt-enterprise-sdk/provisioning';
import { type ClientOptions, ScimClient } from 'chatgpt-enterprise-sdk/scim';
import { desiredGroups, desiredUsers, rosterOf } from './directory.ts';

const atOnce = 8;
const what = process.argv[2];
const [rounds = 0, users = 0, groups = 0, changes = 0] = process.argv.slice(3).map(Number);
const requestsPerSecond = 10;
const { origin, baseUrl, token, ids } = JSON.parse(await text(process.stdin));
const size = { users, groups, changes };
const isOfMemory = what === 'memory' || what === 'memory-of-lists';
const desired = await desiredOf();
const people = isOfMemory ? rosterOf(ids) : [...rosterOf(ids)];
const policy = {
  protect: { keyCreator: 'hr-1' },
  limits: { removals: changes, membersPerGroup: changes },
};

/** What was asked for. */
const asked: string[] = [];
const open = (rateLimit: ClientOptions['rateLimit'] = false) =>
  new ScimClient({
    baseUrl,
    token,
    access: { provisioning: true, deprovisioning: true },
    rateLimit,
    dangerouslyAllowHttpLoopback: true,
    fetch: (input, init) => {
      asked.push(String(input instanceof Request ? input.url : input));
      return fetch(input, init);
    },
  });

/** Lists, so that nothing is measured but the plan; where memory is, what is made up as it is read, or read from a file. */
async function desiredOf(): Promise<DesiredDirectory> {
  if (what === 'memory') return { users: desiredUsers(size), groups: desiredGroups(size) };
  if (what === 'memory-of-lists') return JSON.parse(await readFile(process.argv[7] ?? '', 'utf8'));
  return { users: [...desiredUsers(size)], groups: [...desiredGroups(size)] };
}

/** What the directory has counted since it was asked last. */
async function counts(): Promise<{ readonly requests: number; readonly mostAtOnce: number }> {
  return (await fetch(`${origin}/counts`)).json();
}

/** The same pages and nothing else: of both lists at once, and of each as many at once. */
async function bareFetches(urls: readonly string[]): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const isOfGroups = (url: string) => new URL(url).pathname.endsWith('/Groups');
  const lanesOf = (rest: string[]) => {
    const lane = async () => {
      for (let url = rest.shift(); url !== undefined; url = rest.shift()) await (await fetch(url, { headers })).json();
    };
    return Array.from({ length: atOnce }, lane);
  };
  await Promise.all([...lanesOf(urls.filter((url) => !isOfGroups(url))), ...lanesOf(urls.filter(isOfGroups))]);
}

async function read(): Promise<void> {
  const client = open();
  const walk = async (pages: AsyncIterable<{ readonly items: readonly unknown[] }>) => {
    let count = 0;
    for await (const { items } of pages) count += items.length;
    return count;
  };
  const query = { prefetch: atOnce };
  const counts = await Promise.all([
    walk(client.users.iterate(query).pages()),
    walk(client.groups.iterate(query).pages()),
  ]);
  if (counts.join() !== `${users},${groups}`) throw new Error(`Read ${counts.join(' and ')}.`);
}

async function plan(): Promise<DirectoryPlan> {
  const made = await planDirectory(open(), desired, policy, { people, prefetch: atOnce });
  const { create, change, deactivate, add_members: added } = made.totals.actions;
  const each = Math.round(changes / 4);
  const isRight = create === each && change === each && deactivate === each && made.brakes.length === 0;
  if (!isRight || added !== Math.min(each, groups)) {
    throw new Error(`The plan is another: ${JSON.stringify([made.totals, made.brakes, made.held.slice(0, 3)])}`);
  }
  return made;
}

/** Applies a plan at so many requests a second as a directory allows. */
async function apply(): Promise<void> {
  const made = await plan();
  await counts();
  const client = open({ requests: requestsPerSecond, intervalMs: 1_000 });
  const start = performance.now();
  const result = await applyPlan(client, made, { approve: made.hash, journal: memoryJournal(), people });
  const seconds = (performance.now() - start) / 1_000;
  if (!result.finished) throw new Error(`Not applied: ${JSON.stringify([result.totals, result.stopped])}`);
  const { requests } = await counts();
  console.log(JSON.stringify({ changes: made.actions.length, requests, seconds }));
}

interface Measured {
  readonly ms: number;
  readonly mostAtOnce: number;
}

async function measured(run: () => Promise<unknown>): Promise<Measured> {
  globalThis.gc?.();
  await counts();
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  return { ms, mostAtOnce: (await counts()).mostAtOnce };
}

if (isOfMemory) {
  await plan();
  console.log(JSON.stringify({ peakMiB: process.resourceUsage().maxRSS / 1_024 }));
} else if (what === 'apply') {
  await apply();
} else {
  await read();
  const urls = asked.splice(0);
  await plan();
  const all: { bare: Measured; read: Measured; plan: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await measured(() => bareFetches(urls));
    const reading = await measured(read);
    all.push({ bare, read: reading, plan: await measured(plan) });
  }
  console.log(JSON.stringify({ pages: urls.length, rounds: all }));
}
