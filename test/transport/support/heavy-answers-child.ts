import { AuditLogClient } from '../../../src/audit-logs/index.js';
import { ScimClient } from '../../../src/scim/index.js';

// Asks a server for heavy answers, one after the other, and says what came of each, how much memory is held while the caller
// has it, and how much the process took at most: `node --expose-gc heavy-answers-child.mjs <base URL> <JSON: names>`.
const [, , url = '', names = '[]'] = process.argv;
const common = { rateLimit: false, dangerouslyAllowHttpLoopback: true, maxRetries: 2, deadlineMs: 60_000 } as const;
const told: Record<string, unknown> = {};

const heldMiB: Record<string, number> = {};
let least = 0;

/** What is held now, beyond what was before anything was asked. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external - least;
}

async function outcomeOf(work: () => Promise<unknown>, name = ''): Promise<string> {
  try {
    const answer = await work();
    if (name !== '') heldMiB[name] = Math.max(heldMiB[name] ?? 0, Math.round(held() / 1024 / 1024));
    // Read once more, so that it is not gone before.
    return answer === null ? 'null' : 'read';
  } catch (error) {
    return String((error as { readonly code?: unknown }).code ?? error);
  }
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let length = 0;
  for await (const _item of items) length += 1;
  return length;
}

least = held();
for (const name of JSON.parse(names) as string[]) {
  const baseUrl = `${url}/${encodeURIComponent(name)}`;
  const scim = new ScimClient({
    baseUrl,
    token: 'se_1',
    access: { provisioning: true, deprovisioning: true },
    ...common,
  });
  const logs = new AuditLogClient({
    apiKey: 'sk-admin-1',
    workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
    baseUrl,
    ...common,
  });
  told[name] = {
    list: await outcomeOf(() => scim.users.list(), name),
    iterate: await outcomeOf(() => count(scim.users.iterate())),
    get: await outcomeOf(() => scim.groups.get('1'), name),
    files: await outcomeOf(() => count(logs.files({ eventTypes: ['AUTH_LOG'] }))),
  };
}
const peakKiB = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 1024 : 1);
console.log(JSON.stringify({ peakMiB: Math.round(peakKiB / 1024), heldMiB, told }));
