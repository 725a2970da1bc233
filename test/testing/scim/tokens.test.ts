import { describe, expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { OAuthOptions } from '../../../src/testing/scim/oauth.js';

const statusOf = async (emulator: ReturnType<typeof createEmulator>, token: string) =>
  (await emulator.fetch(`${emulator.scim.baseUrl}/Users`, { headers: { authorization: `Bearer ${token}` } })).status;

test('two tokens are valid at a time, so that one can be replaced without an outage', async () => {
  const emulator = createEmulator();
  const first = emulator.scim.token;
  const second = emulator.scim.createToken();
  expect([await statusOf(emulator, first), await statusOf(emulator, second)]).toEqual([200, 200]);
  emulator.scim.revokeToken(first);
  expect([await statusOf(emulator, first), await statusOf(emulator, second)]).toEqual([401, 200]);
  emulator.scim.createToken();
  emulator.scim.createToken();
  expect(await statusOf(emulator, second)).toBe(401);
});

describe('a directory that takes OAuth client credentials', () => {
  function open(options: OAuthOptions = {}) {
    const emulator = createEmulator({ clock: createTestClock(), scim: { oauth: options } });
    const { oauth } = emulator.scim;
    if (oauth === undefined) throw new Error('There is no token endpoint.');
    const { tokenUrl, clientId, clientSecret } = oauth;
    const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
    const ask = async (body: Record<string, string>, authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await emulator.fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(body), headers });
      const said = (await answer.json()) as Record<string, string | number>;
      return { status: answer.status, headers: answer.headers, said, token: String(said.access_token) };
    };
    const inBody = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    return { emulator, oauth, ask, basic, inBody, grant: { grant_type: 'client_credentials' } };
  }

  test('takes the tokens that it hands out, until they expire, and no other', async () => {
    const { emulator, ask, basic, grant } = open({ expiresInSeconds: 60 });
    const { status, said, headers, token } = await ask(grant, basic);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(said).toMatchObject({ token_type: 'Bearer', expires_in: 60 });
    expect([await statusOf(emulator, token), await statusOf(emulator, emulator.scim.token)]).toEqual([200, 401]);
    emulator.clock.advance(60_000);
    expect(await statusOf(emulator, token)).toBe(401);
  });

  test('refuses a token that was revoked, alone or with all others', async () => {
    const { emulator, oauth, ask, basic, grant } = open();
    const [one, other] = [(await ask(grant, basic)).token, (await ask(grant, basic)).token];
    emulator.scim.revokeToken(one);
    expect([await statusOf(emulator, one), await statusOf(emulator, other)]).toEqual([401, 200]);
    oauth.revokeTokens();
    expect(await statusOf(emulator, other)).toBe(401);
  });

  test('takes the password in the header or in the body, and not in both', async () => {
    const { ask, basic, inBody, grant } = open();
    expect((await ask(grant, basic)).status).toBe(200);
    expect((await ask(inBody)).status).toBe(200);
    expect((await ask(inBody, basic)).said).toMatchObject({ error: 'invalid_client' });
  });

  test('can insist on one of the two, and on a scope', async () => {
    const post = open({ authentication: 'post', scope: 'directory' });
    expect((await post.ask(post.grant, post.basic)).status).toBe(401);
    expect((await post.ask(post.inBody)).said).toMatchObject({ error: 'invalid_scope' });
    expect((await post.ask({ ...post.inBody, scope: 'directory' })).status).toBe(200);
    const basic = open({ authentication: 'basic' });
    expect((await basic.ask(basic.inBody)).status).toBe(401);
  });

  test.each([
    [
      'another grant',
      (grant: object) => ({ ...grant, grant_type: 'password' }),
      undefined,
      400,
      'unsupported_grant_type',
    ],
    ['a wrong password', (grant: object) => grant, `Basic ${btoa('client:no')}`, 401, 'invalid_client'],
    ['no client', (grant: object) => grant, 'Bearer x', 401, 'invalid_client'],
  ])('refuses %s', async (_case, change, authorization, status, error) => {
    const { ask, basic, grant } = open();
    const answer = await ask(change(grant) as Record<string, string>, authorization ?? basic);
    expect([answer.status, answer.said.error]).toEqual([status, error]);
  });

  test('shows no password in what it was asked', async () => {
    const { emulator, oauth, ask, basic, inBody, grant } = open();
    await ask(grant, basic);
    await ask(inBody);
    const seen = emulator.requests.list('POST /oauth/token');
    expect(seen).toHaveLength(2);
    const printed = seen.map(({ headers, bodyText, url }) => JSON.stringify([headers, bodyText, url])).join();
    expect(printed).toContain('client_secret=[redacted]');
    expect(printed).not.toContain(oauth.clientSecret);
    expect(printed).not.toContain(basic.slice(6));
  });

  test('is served on loopback too, and comes back with the world', async () => {
    const { emulator, ask, basic, grant } = open();
    const { token } = await ask(grant, basic);
    const before = emulator.snapshot();
    emulator.scim.revokeToken(token);
    emulator.restore(before);
    expect(await statusOf(emulator, token)).toBe(200);
    await using server = await emulator.listen();
    const url = String(server.oauthTokenUrl);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/token$/);
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(grant),
      headers: { authorization: basic },
    });
    expect(answer.status).toBe(200);
    await emulator.close();
  });
});

test('without it there is no token endpoint', async () => {
  const emulator = createEmulator();
  expect(emulator.scim.oauth).toBeUndefined();
  await expect(
    emulator.fetch(`${new URL(emulator.scim.baseUrl).origin}/oauth/token`, { method: 'POST' }),
  ).rejects.toThrow('does not serve');
});
