// To be imported before an example: what it fetches, the process of the test answers, which is told who asks.
const proxy = process.env.TEST_FETCH_PROXY ?? '';
const { fetch } = globalThis;
globalThis.fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set('x-test-url', String(url));
  headers.set('x-test-pid', String(process.pid));
  return fetch(proxy, { ...init, headers });
};
