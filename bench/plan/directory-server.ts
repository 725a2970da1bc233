// A SCIM directory, 20 ms away, `node directory-server.ts <workos or rfc> <users> <groups>`: the emulator, in a process of its own, so that it shares no event loop with what is
// measured. Lists are answered from memory until something is written. Tells its address and its ids on standard output.
import { createServer } from 'node:http';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
import { storedGroups, storedUsers } from './directory.ts';

const latencyMs = 20;
const mode = process.argv[2] === 'rfc' ? 'rfc' : 'workos';
const [users = 0, groups = 0] = process.argv.slice(3).map(Number);
const size = { users, groups, changes: 0 };

const emulator = createEmulator({ world: 'empty', maxRecordedRequests: 1, scim: { mode } });
const ids = [...storedUsers(size)].map((user) => emulator.store.users.add(user));
for (const { members, ...group } of storedGroups(size)) {
  emulator.store.groups.add({ ...group, members: members.map((number) => ({ value: ids[number] ?? '' })) });
}
const { origin, pathname } = new URL(emulator.scim.baseUrl);

const lists = new Map<string, string>();
let requests = 0;
let underWay = 0;
let mostAtOnce = 0;

const server = createServer(async (request, response) => {
  const path = request.url ?? '/';
  if (path === '/counts') {
    response.end(JSON.stringify({ requests, mostAtOnce }));
    requests = 0;
    mostAtOnce = 0;
    return;
  }
  requests += 1;
  underWay += 1;
  mostAtOnce = Math.max(mostAtOnce, underWay);
  const due = performance.now() + latencyMs;
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const isRead = request.method === 'GET';
  if (!isRead) lists.clear();
  let body = isRead ? lists.get(path) : undefined;
  let status = 200;
  if (body === undefined) {
    const answer = await emulator.fetch(`${origin}${path}`, {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/scim+json' },
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    body = await answer.text();
    status = answer.status;
    if (isRead && path.includes('startIndex=')) lists.set(path, body);
  }
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  underWay -= 1;
  response.writeHead(status, { 'content-type': 'application/scim+json' });
  response.end(status === 204 ? undefined : body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address !== 'object') return;
  const own = `http://127.0.0.1:${address.port}`;
  process.stdout.write(
    `${JSON.stringify({ origin: own, baseUrl: `${own}${pathname}`, token: emulator.scim.token, ids })}\n`,
  );
});
