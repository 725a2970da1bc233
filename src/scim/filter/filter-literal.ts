import { InputError } from '../../errors/input-errors.js';
import type { LiteralInput } from './attribute-types.js';
import type { FilterValue } from './filter.js';

/** A value of the caller as a literal of a filter. */
export function filterLiteral(value: LiteralInput): FilterValue {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new InputError('An invalid date cannot stand in a filter.');
    const text = value.toISOString();
    // With a sign come years that xsd:dateTime has no such text for.
    if (/^[+-]/.test(text)) throw new InputError('A date outside the years 0 to 9999 cannot stand in a filter.');
    return text;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    // Minus zero could not be written back.
    return value === 0 ? 0 : value;
  }
  const kind = typeof value === 'number' ? 'A number that is not finite' : `A value of type ${typeof value}`;
  throw new InputError(`${kind} cannot stand in a filter.`, {
    remedy: 'Give a string, a finite number, a boolean, null or a Date.',
  });
}
