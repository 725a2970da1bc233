import type { FetchPage } from './page-request.js';

/**
 * Whether a server that only ever gives its first page does so because it pages by cursor (RFC 9865) and that page is
 * all it has: asked for half of it, such a server must say where to go on.
 */
export async function pagesByCursor(
  fetchPage: FetchPage<unknown>,
  rows: number,
  isRefusal: (error: unknown) => boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const count = Math.floor(rows / 2);
  if (count === 0) return false;
  try {
    return (await fetchPage({ cursor: '', count }, signal)).nextCursor !== undefined;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
