import type { Emulator } from '../../../src/testing/emulator.js';
import type { Told } from './ask-scim.js';

/** Asks the Admin side something about the first workspace, or about the one that a path names from `/manage` or `/analytics` on. */
export async function askAdmin(
  emulator: Emulator,
  path: string,
  secret: string | undefined = emulator.admin.apiKey,
  method = 'GET',
): Promise<Told> {
  const [first = ''] = emulator.compliance.workspaceIds;
  const isWhole = /^\/(?:manage|analytics)\//.test(path);
  const url = `${emulator.admin.baseUrl}${isWhole ? path : `/manage/workspaces/${first}${path}`}`;
  const headers: Record<string, string> = secret === '' ? {} : { authorization: `Bearer ${secret}` };
  const answer = await emulator.fetch(url, { method, headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? text : JSON.parse(text) };
}

/** All rows of a list, page by page. */
export async function askAllOf(emulator: Emulator, path: string, limit: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let next = '';
  for (let pages = 0; pages < 100; pages++) {
    const { status, body } = await askAdmin(emulator, `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next}`);
    if (status !== 200) throw new Error(`${status} for ${path}`);
    rows.push(...body.data);
    if (body.has_more !== true) return rows;
    if (body.object === 'page') next = `&page=${body.next_page}`;
    else next = 'cursor' in body ? `&cursor=${body.cursor}` : `&after=${body.last_id}`;
  }
  throw new Error(`No end of ${path}`);
}

export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}
