import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { isUnassigned } from './json-value.js';
import { PatchProblem } from './patch-problem.js';

/** Refuses to change what a client cannot, or cannot once more (RFC 7643 §2.2). */
export function checkMutability(rules: AttributeCharacteristics | undefined, current: unknown): void {
  if (rules?.mutability === 'readOnly') throw new PatchProblem('mutability', 'the attribute is read-only');
  if (rules?.mutability === 'immutable' && !isUnassigned(current)) {
    throw new PatchProblem('mutability', 'the attribute can be set only once');
  }
}
