import { AuditLogClient } from '../../../src/audit-logs/index.js';

// Reads a log event by event and says how much memory that took: `node memory-child.mjs <base URL>`.
const client = new AuditLogClient({
  apiKey: 'sk-admin-1',
  workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
  baseUrl: process.argv[2] ?? '',
  rateLimit: false,
  dangerouslyAllowHttpLoopback: true,
});
const events = client.events({ eventTypes: ['AUTH_LOG'] });
let length = 0;
for await (const event of events) length += event.timestamp.length;
// Kilobytes, on every platform but macOS, where it is bytes.
const peakKiB = process.resourceUsage().maxRSS / (process.platform === 'darwin' ? 1024 : 1);
console.log(JSON.stringify({ peakMiB: peakKiB / 1024, length, ...events.stats }));
