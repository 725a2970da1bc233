/** The server's own id of an exchange, where it gives one that is safe to print. */
export function readRequestId(headers: Headers): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray') ?? '';
  return /^[\w.:+/=-]{1,128}$/.test(id) ? id : undefined;
}
