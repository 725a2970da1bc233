import { InputError } from '../../errors/input-error.js';
import type { PageRequest } from './page-request.js';

/** Writes a page request as one string, for a program to store and give back. */
export function formatResumeCursor({ startIndex, cursor, count }: PageRequest): string {
  return cursor === undefined ? `index:${count}:${startIndex ?? 1}` : `cursor:${count}:${cursor}`;
}

/** Reads what {@link formatResumeCursor} wrote. */
export function parseResumeCursor(text: string): PageRequest {
  const [, kind, count, position = ''] = /^(index|cursor):([1-9]\d{0,8}):(.*)$/s.exec(text) ?? [];
  if (kind === 'cursor') return { cursor: position, count: Number(count) };
  if (kind === 'index' && /^\d{1,15}$/.test(position)) return { startIndex: Number(position), count: Number(count) };
  throw new InputError('This is not a cursor of this library.', {
    path: ['cursor'],
    remedy: 'Give back `nextCursor` of an earlier page, unchanged.',
  });
}
