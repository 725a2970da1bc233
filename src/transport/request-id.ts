/**
 * The server's own id of an exchange, where it gives one that is safe to print: short, plain, and no part of what was sent.
 *
 * @param sent The credential, and where the request went.
 */
export function readRequestId(headers: Headers, sent: readonly string[]): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray') ?? '';
  const isEcho = sent.some((value) => value.includes(id) || (value !== '' && id.includes(value)));
  return /^[\w.:+/=-]{1,128}$/.test(id) && !isEcho ? id : undefined;
}
