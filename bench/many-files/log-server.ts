// A Compliance API that lists files of equal size and redirects each download to its storage, with a latency on every
// request. A process of its own, so that it shares no event loop with what is measured. Told its latency by `?latencyMs=`
// in the path; tells its port on standard output.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const files = Number(process.argv[2]);
const fileBytes = Number(process.argv[3]);
const workspaceId = '11111111-1111-4111-8111-111111111111';
const firstMs = Date.now() - 86_400_000;

const bodies = Array.from({ length: files }, (_none, file) => {
  const lines: string[] = [];
  for (let bytes = 0, line = 0; bytes < fileBytes; line++) {
    const text = JSON.stringify({
      event_id: `event-${file}-${line}`,
      type: 'AUTH_LOG',
      timestamp: new Date(firstMs + file * 60_000 + line).toISOString(),
      principal: { id: workspaceId, type: 'CHATGPT_WORKSPACE' },
      actor: { type: 'ACCOUNT_USER', user_id: `user-${line % 97}`, user_email: `person${line % 97}@north.example` },
      request_metadata: { client_ip: '203.0.113.24', client_user_agent: 'Mozilla/5.0 '.repeat(40) },
      action_data: { action: 'login_success', auth_provider_name: 'saml' },
    });
    lines.push(text);
    bytes += text.length + 1;
  }
  return Buffer.from(`${lines.join('\n')}\n`);
});
const listed = bodies.map((body, file) => ({
  id: `eclf_${file}`,
  event_type: 'AUTH_LOG',
  end_time: new Date(firstMs + file * 60_000).toISOString(),
  file_name: `${file}.jsonl`,
  file_size: body.length,
  file_sha256: createHash('sha256').update(body).digest('hex'),
}));

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, latency = '', ...path] = url.pathname.split('/');
  setTimeout(() => {
    const last = path.at(-1) ?? '';
    if (path[0] === 'storage') {
      response.end(bodies[Number(last)]);
    } else if (last === 'logs') {
      const after = url.searchParams.get('after') ?? '';
      const rest = listed.filter(({ end_time: endTime }) => endTime > after);
      const data = rest.slice(0, 100);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data, has_more: rest.length > 100, last_end_time: data.at(-1)?.end_time ?? null }));
    } else {
      response.writeHead(307, { location: `http://${request.headers.host}/${latency}/storage/${last.slice(5)}` });
      response.end();
    }
  }, Number(latency));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
