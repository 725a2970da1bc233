import { InputError } from '../../errors/input-errors.js';
import type { PageRequest } from './page-request.js';

/** Where a walk goes on. */
export interface ResumePoint extends PageRequest {
  /** The total that the walk had believed: where there are fewer rows by now, some moved into pages already read. */
  readonly total?: number | undefined;
}

/** Writes where to go on as one string, for a program to store and give back. */
export function formatResumeCursor({ startIndex, cursor, count, total }: ResumePoint): string {
  if (cursor !== undefined) return `cursor:${count}:${cursor}`;
  return `index:${count}:${startIndex ?? 1}${total === undefined ? '' : `:${total}`}`;
}

/** Reads what {@link formatResumeCursor} wrote. */
export function parseResumeCursor(text: string): ResumePoint {
  const [, kind, count, position = ''] = /^(index|cursor):([1-9]\d{0,8}):(.*)$/s.exec(text) ?? [];
  if (kind === 'cursor') return { cursor: position, count: Number(count) };
  const [, startIndex, total] = /^(\d{1,15})(?::(\d{1,15}))?$/.exec(position) ?? [];
  if (kind === 'index' && startIndex !== undefined) {
    const from = { startIndex: Number(startIndex), count: Number(count) };
    return total === undefined ? from : { ...from, total: Number(total) };
  }
  throw new InputError('This is not a cursor of this library.', {
    path: ['cursor'],
    remedy: 'Give back `nextCursor` of an earlier page, unchanged.',
  });
}
