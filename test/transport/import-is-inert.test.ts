import { expect, test, vi } from 'vitest';

const names = ['fetch', 'Request', 'Response', 'Headers'] as const;

test('loading the transport looks at no more than ky does, and opening one touches nothing of fetch', async () => {
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
    // ky looks at what requests can do here.
    expect(new Set(touched)).toEqual(new Set(['Request']));
    touched.length = 0;
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
