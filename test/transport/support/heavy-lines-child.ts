import { AuditLogClient } from '../../../src/audit-logs/index.js';

// Reads a log of heavy lines, and says for each how much memory is held while the caller has it, and how much the process
// took at most: `node --expose-gc heavy-lines-child.mjs <base URL>`.
const client = new AuditLogClient({
  apiKey: 'sk-admin-1',
  workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
  baseUrl: process.argv[2] ?? '',
  rateLimit: false,
  dangerouslyAllowHttpLoopback: true,
});

function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const least = held();
const heldMiB: number[] = [];
for await (const event of client.events({ eventTypes: ['AUTH_LOG'] })) {
  const bytes = held() - least;
  // Read once more, so that it is not gone before.
  if (event.type === 'AUTH_LOG') heldMiB.push(Math.round(bytes / 1024 / 1024));
}
const peakKiB = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 1024 : 1);
console.log(JSON.stringify({ peakMiB: Math.round(peakKiB / 1024), heldMiB }));
