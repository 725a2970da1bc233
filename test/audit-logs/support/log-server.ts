import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What a log server serves. */
export interface LogServerOptions {
  /** How many files there are. They end ten minutes apart, the last one an hour before `now`. */
  readonly files: number;
  /** The content of one of them. Asked for each time it is needed, unless it is held. */
  readonly bodyOf: (index: number) => Buffer;
  /** Keeps the contents in memory. @default true */
  readonly holdsBodies?: boolean;
  /** Every answer comes this much later. @default 0 */
  readonly latencyMs?: number;
  /** Asked before each answer: `refused` is a 503, `cut` ends in the middle, `other` has other bytes. @default never */
  readonly failsNow?: () => 'refused' | 'cut' | 'other' | undefined;
}

/** A log service on 127.0.0.1 that does no more than serve files, for tests of processes and for measuring. */
export async function startLogServer(options: LogServerOptions) {
  const { files, bodyOf, holdsBodies = true, latencyMs = 0, failsNow = () => undefined } = options;
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000 - files * 600_000;
  const bodies = new Map<number, Buffer>();
  const described = Array.from({ length: files }, (_, index) => {
    const body = bodyOf(index);
    if (holdsBodies) bodies.set(index, body);
    return {
      id: `eclf_${index}`,
      event_type: 'AUTH_LOG',
      end_time: new Date(startMs + index * 600_000).toISOString().replace('Z', '456Z'),
      file_name: `AUTH_LOG_${index}.jsonl`,
      file_size: body.length,
      file_sha256: createHash('sha256').update(body).digest('hex'),
    };
  });

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, index] = /\/(?:logs|storage)\/(?:eclf_)?(\d+)$/.exec(url.pathname) ?? [];
    if (latencyMs > 0) await wait(latencyMs);
    const failure = failsNow();
    if (failure === 'refused' || (failure !== undefined && !url.pathname.startsWith('/storage/'))) {
      response.writeHead(503, { 'retry-after': '0' }).end();
      return;
    }
    if (index === undefined) {
      const after = Date.parse(url.searchParams.get('after') ?? '');
      const found = described.filter((file) => Date.parse(file.end_time) > after);
      const data = found.slice(0, Number(url.searchParams.get('limit') ?? 100));
      const page = { data, has_more: found.length > data.length, last_end_time: data.at(-1)?.end_time ?? null };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(page));
    } else if (url.pathname.startsWith('/storage/')) {
      const body = bodies.get(Number(index)) ?? bodyOf(Number(index));
      response.setHeader('content-length', body.length);
      if (failure === 'cut') {
        response.write(body.subarray(0, body.length / 2), () => response.destroy());
        return;
      }
      if (failure === 'other') {
        response.end(Buffer.alloc(body.length, 0x20));
        return;
      }
      response.end(body);
    } else {
      response.writeHead(307, { location: `${origin}/storage/${index}` });
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    files: described,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Lines of about a kilobyte, of an event each. */
export function logLines(prefix: string, bytes: number): Buffer {
  const lines: string[] = [];
  for (let length = 0, index = 0; length < bytes; index++) {
    const line = `${JSON.stringify(sampleEvent(`${prefix}-${index}`, index))}\n`;
    length += line.length;
    lines.push(line);
  }
  return Buffer.from(lines.join(''));
}

function sampleEvent(id: string, index: number) {
  return {
    event_id: id,
    type: 'AUTH_LOG',
    timestamp: new Date(Date.UTC(2026, 10, 1) + index * 997).toISOString().replace('Z', '123Z'),
    principal: { id: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11', type: 'CHATGPT_WORKSPACE' },
    actor: {
      type: 'ACCOUNT_USER',
      user_id: `user-9kQm2ZpTr4VxLw7NdYb1H${index % 1000}`,
      user_email: `person.${index % 1000}@northwind.example`,
    },
    auth_event_type: index % 7 === 0 ? 'LOGIN_FAILED' : 'LOGIN_SUCCEEDED',
    request_metadata: {
      client_ip: `203.0.113.${index % 256}`,
      user_agent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      ja4: 't13d1516h2_8daaf6152771_b186095e22b6',
      client_ip_details: {
        country: 'DE',
        region: 'Hessen',
        city: 'Frankfurt am Main',
        asn: 64496,
        asn_org: 'Example Net',
      },
    },
    login_method: {
      type: 'sso',
      connection_id: `conn_01H${index % 50}`,
      provider: 'okta',
      assurance: ['pwd', 'mfa', 'hwk'],
    },
    result: {
      status: 'success',
      reason: null,
      attempts: index % 3,
      session_id: `sess_${index}`,
      flags: [true, false, index % 2 === 0],
    },
    notes: 'Signed in from a known device; no step-up was asked for, because the session was younger than eight hours.',
  };
}

/** Contents of the same size whose events have ids of their own, cheap to make again. */
export function numberedBodies(bytes: number): (index: number) => Buffer {
  const template = logLines('file-0000', bytes - 1_000);
  const marker = Buffer.from('"event_id":"file-');
  const places: number[] = [];
  for (let at = template.indexOf(marker); at !== -1; at = template.indexOf(marker, at + 1))
    places.push(at + marker.length);
  return (index) => {
    const body = Buffer.from(template);
    const digits = Buffer.from(String(index).padStart(4, '0'));
    for (const place of places) body.set(digits, place);
    return body;
  };
}
