import { expect, test, vi } from 'vitest';

const names = ['fetch', 'Request', 'Response', 'Headers'] as const;

test('neither loading the transport nor opening one touches fetch; the first request does', async () => {
  const touched: string[] = [];
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of names) {
    const value: unknown = globalThis[name];
    const get = () => {
      touched.push(name);
      return value;
    };
    Object.defineProperty(globalThis, name, { get, configurable: true });
  }
  try {
    vi.resetModules();
    const { Transport } = await import('../../src/transport/transport.js');
    const transport = new Transport({
      service: 'scim',
      baseUrl: 'https://scim.example.com',
      credential: 'token-1',
      headers: { 'x-a': '1' },
      fetch: async () => Promise.reject(new Error('no network here')),
    });
    expect(touched).toEqual([]);
    await expect(transport.send({ method: 'GET', route: '/Users', maxRetries: 0 })).rejects.toThrow('no answer came');
    expect(touched).toContain('Request');
  } finally {
    for (const [name, descriptor] of before) Object.defineProperty(globalThis, name, descriptor ?? {});
  }
});
