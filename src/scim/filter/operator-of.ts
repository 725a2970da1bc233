import type { ComparisonOperator } from './filter.js';

/** The operator that two letters spell: their codes in lower case, the first one eight bits up. */
export function operatorOf(letters: number): ComparisonOperator | 'pr' | undefined {
  switch (letters) {
    case 0x6571:
      return 'eq';
    case 0x6e65:
      return 'ne';
    case 0x636f:
      return 'co';
    case 0x7377:
      return 'sw';
    case 0x6577:
      return 'ew';
    case 0x6774:
      return 'gt';
    case 0x6765:
      return 'ge';
    case 0x6c74:
      return 'lt';
    case 0x6c65:
      return 'le';
    case 0x7072:
      return 'pr';
    default:
      return undefined;
  }
}
