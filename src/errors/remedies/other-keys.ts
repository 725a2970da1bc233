import { adminKeys } from '../menus.js';
import type { KeyKind } from './key-kind.js';

/** What is known of the keys that the other workspaces of a client have: each another one, or one of them the same. */
export type OtherKeys = 'another' | 'same';

/**
 * What the other keys of a client add to what is said of one that does not open its workspace. Which of the others fail too is not
 * known to an error: that keys may have been exchanged is the last thing it says.
 */
export function withOthers(
  remedy: string,
  others: OtherKeys | undefined,
  { status, kind }: { readonly status: number; readonly kind: KeyKind | undefined },
): string {
  if (others === 'same') return [ofSeveral(kind) ?? [], remedy].flat().join(' ');
  // What is not found is looked for, and a key of the API platform shows by itself what is wrong with it.
  const isExplained = others === undefined || status === 404 || kind === 'project_key';
  return isExplained ? remedy : `${remedy} ${ifAnotherFails}`;
}

const ifAnotherFails = 'If the key of another workspace fails too, check whether the two were exchanged.';

/** What is known to be so of one key that was given for several workspaces. */
export function ofSeveral(kind: KeyKind | undefined): string | undefined {
  if (kind !== 'admin_key') return undefined;
  return `One Admin key was given for several workspaces, and opens the one alone that it was created in: create one in each of them under ${adminKeys}, and give each its own.`;
}
