import type { PatchPath } from './parse-path.js';

/** Writes a path as text. */
export function formatPath(path: PatchPath): string {
  throw new Error(`not implemented yet: ${path.attribute}`);
}
