import { instantOfMs, readInstant } from '../../internal/dates.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import { isSaid } from '../../transport/page-end.js';
import { readAddress } from './addresses.js';
import type { Invitation } from './person.js';

/** Whether an invitation with this status is open. Of any other word it is not known. */
const isOpen: ReadonlyMap<string, boolean> = new Map([
  ...['pending', 'invited', 'sent'].map((word) => [word, true] as const),
  ...['accepted', 'declined', 'rejected', 'expired', 'revoked', 'withdrawn', 'canceled', 'cancelled', 'deleted'].map(
    (word) => [word, false] as const,
  ),
]);
const rowNames = ['email', 'email_address', 'status', 'state'];
/** Words of a row by which an invitation is over, whatever its status says: with `_at` and the like, and without. */
const isOver =
  /^(is_|was_)?(accepted|declined|rejected|revoked|withdrawn|cancell?ed|deleted|expired|used)(_?(at|on|by|time))?$/i;
const ends = /^(expires|expiry|expiration|expire|valid_until)(_?(at|on|time|date))?$/i;

/** Reads a row; `undefined` where it does not tell who is invited. */
export function readInvitation(
  row: unknown,
  of: Pick<Invitation, 'workspaceId' | 'listedBy'>,
  nowMs: number,
): Invitation | undefined {
  if (!isRecord(row)) return undefined;
  const { email: plain, email_address: long, status: given, state } = ownCopy(row, rowNames);
  const [email, ...others] = [plain, long].flatMap((value) => (isText(value) ? value.trim() : []));
  const addresses = [email, ...others].map((one) => readAddress(one)?.key);
  // Two addresses may be of whoever is invited and of who invites.
  if (email === undefined || addresses[0] === undefined || new Set(addresses).size > 1) return undefined;
  const status = given ?? state ?? undefined;
  const isPending = isPendingBy(status) === true && seemsOver(row, nowMs) ? undefined : isPendingBy(status);
  return {
    workspaceId: of.workspaceId,
    email,
    ...(typeof status === 'string' ? { status } : {}),
    ...(isPending === undefined ? {} : { isPending }),
    listedBy: of.listedBy,
    raw: row,
  };
}

/** By what a row is known again: a list that shifts while it is read repeats some. An id alone could be of two. */
export function rowKey(row: unknown): string {
  const { id, ...rest } = isRecord(row) ? ownCopy(row, ['id', ...rowNames]) : {};
  const hasId = typeof id === 'string' || typeof id === 'number';
  const text = JSON.stringify(hasId ? [id, ...rowNames.map((name) => rest[name])] : row) ?? '';
  return text.length <= longestKey ? text : [text.length, hashOf(text, 1), hashOf(text, 2)].join(' ');
}

const longestKey = 200;

function isPendingBy(status: unknown): boolean | undefined {
  if (status === undefined) return true;
  return typeof status === 'string' ? isOpen.get(status.trim().toLowerCase()) : undefined;
}

function seemsOver(row: Readonly<Record<string, unknown>>, nowMs: number): boolean {
  return Object.entries(row).some(([name, value]) => {
    if (value === false || value === 0 || !isSaid(value)) return false;
    return isOver.test(name) || (ends.test(name) && !isLater(value, nowMs));
  });
}

/** Whether a time is one that is to come. Numbers are Unix seconds, or milliseconds. */
function isLater(value: unknown, nowMs: number): boolean {
  if (typeof value === 'number') return (value > 1e11 ? value : value * 1_000) > nowMs;
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  return instant !== undefined && instant > instantOfMs(nowMs);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** FNV-1a. Only rows that are long and have no id come to it. */
function hashOf(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
