import type { FilterExpression } from '../../scim/filter/filter.js';
import type { ScimBehaviour } from './behaviour.js';

/** Whether the server has what the filter asks of it. */
export function isSupportedFilter(filter: FilterExpression, behaviour: ScimBehaviour): boolean {
  const { filterOperators, filterAttributes } = behaviour;
  if (filterOperators !== undefined && !filterOperators.includes(filter.op)) return false;
  if ('filters' in filter) return filter.filters.every((part) => isSupportedFilter(part, behaviour));
  if (filter.op === 'not') return isSupportedFilter(filter.filter, behaviour);
  if (filterAttributes === undefined) return true;
  return filterAttributes.some((attribute) => attribute.toLowerCase() === filter.path.toLowerCase());
}

/** Whether any part of the filter asks for this attribute. */
export function namesAttribute(filter: FilterExpression, attribute: string): boolean {
  if ('filters' in filter) return filter.filters.some((part) => namesAttribute(part, attribute));
  if (filter.op === 'not') return namesAttribute(filter.filter, attribute);
  const path = filter.path.toLowerCase();
  return path === attribute.toLowerCase() || path.endsWith(`:${attribute.toLowerCase()}`);
}
