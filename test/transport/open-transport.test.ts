import { expect, test } from 'vitest';
import { openTransport, type TransportOptions } from '../../src/transport/open-transport.js';
import { createFakeClock } from '../support/fake-clock.js';

type Answer = Response | Error | ((request: Request) => Response | Promise<Response>);

/** A `fetch` that gives the answers in order, the last one for ever, and keeps the requests. */
function scriptedFetch(...answers: Answer[]) {
  const requests: Request[] = [];
  const fetch = (async (input: Request) => {
    requests.push(input.clone());
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return answer(input);
    return (answer as Response).clone();
  }) as unknown as typeof globalThis.fetch;
  return { fetch, requests };
}

function open(fetch: typeof globalThis.fetch, options: Partial<TransportOptions> = {}) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const transport = openTransport({
    service: 'scim',
    baseUrl: 'https://scim.example.com/scim/v2.0/dir_1/',
    credential: 'token-1',
    rateLimit: false,
    random: () => 0.5,
    fetch,
    clock,
    ...options,
  });
  return { transport, clock };
}

test('sends the credential, both SCIM media types and its own name below the path of the base URL', async () => {
  const { fetch, requests } = scriptedFetch(Response.json({ id: '1' }));
  const { transport } = open(fetch);
  const response = await transport.send({
    method: 'GET',
    route: '/Users/{id}',
    params: { id: 'a/b c' },
    query: [['filter', 'a+b c']],
  });
  expect(response.body).toEqual({ id: '1' });
  expect(requests[0]?.url).toBe('https://scim.example.com/scim/v2.0/dir_1/Users/a%2Fb%20c?filter=a%2Bb%20c');
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: 'Bearer token-1',
    accept: 'application/scim+json, application/json;q=0.9',
    'user-agent': expect.stringMatching(/^chatgpt-enterprise-sdk\/\d/),
  });
});

test('tries a read four times in all, and no more: ky does not multiply', async () => {
  const { fetch, requests } = scriptedFetch(new Response('', { status: 503 }));
  const { transport, clock } = open(fetch);
  await expect(transport.send({ method: 'GET', route: '/Users' })).rejects.toMatchObject({
    name: 'ScimError',
    code: 'server_error',
    attempts: 4,
  });
  expect(requests).toHaveLength(4);
  expect(clock.waits).toEqual([250, 500, 1_000]);
});
