const reasons = {
  reset: { message: 'read ECONNRESET', code: 'ECONNRESET' },
  redirect: { message: 'unexpected redirect', code: undefined },
} as const;

/** What Node's own `fetch` rejects with when the connection is reset. */
export function networkError(reason: keyof typeof reasons): TypeError {
  const { message, code } = reasons[reason];
  const cause = code === undefined ? new Error(message) : Object.assign(new Error(message), { code, syscall: 'read' });
  return new TypeError('fetch failed', { cause });
}

/** What reading a body rejects with when the connection ends before the body does. */
export function cutBody(): TypeError {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  return new TypeError('terminated', { cause });
}
