import { ScimSyntaxError } from '../../errors/scim-errors.js';
import { has } from '../../internal/json.js';
import type { FilterExpression } from '../../scim/filter/filter.js';
import { compileFilter } from '../../scim/filter/match.js';
import { ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ResourceRenderer } from './render.js';
import type { IndexedAttribute, ResourceTable, Row } from './resource-table.js';

/** The rows a filter selects, oldest first. Goes through an index where the filter names one value of an indexed attribute. */
export function findRows(
  table: ResourceTable,
  filter: FilterExpression | undefined,
  renderer: ResourceRenderer,
): readonly Row[] {
  if (filter === undefined) return table.list();
  const matches = compiled(filter, table);
  const candidates = candidatesOf(table, filter) ?? table.list();
  return candidates.filter((row) => matches(renderer.render(row)));
}

function compiled(filter: FilterExpression, table: ResourceTable): (resource: object) => boolean {
  try {
    return compileFilter(filter, { schema: table.kind.schema });
  } catch (error) {
    if (error instanceof ScimSyntaxError) throw new ScimRefusal(400, error.message, 'invalidFilter');
    throw error;
  }
}

// Rows that can match at all; `undefined` when no index tells. `within` is the attribute whose values are filtered.
function candidatesOf(table: ResourceTable, filter: FilterExpression, within = ''): readonly Row[] | undefined {
  if (filter.op === 'and') {
    for (const part of filter.filters) {
      const candidates = candidatesOf(table, part, within);
      if (candidates !== undefined) return candidates;
    }
    return undefined;
  }
  if (filter.op === 'valuePath') return candidatesOf(table, filter.filter, `${coreName(table, filter.path)}.`);
  if (filter.op !== 'eq' || typeof filter.value !== 'string') return undefined;
  const name = within + coreName(table, filter.path);
  if (name === 'id') return [table.get(filter.value)].flatMap((row) => row ?? []);
  const attribute = indexOf(table, name);
  return attribute === undefined ? undefined : table.find(attribute, filter.value);
}

function indexOf(table: ResourceTable, name: string): IndexedAttribute | undefined {
  if (name === 'externalid') return 'externalId';
  if (table.kind.name === 'Group') return name === 'displayname' ? 'name' : undefined;
  if (name === 'username') return 'name';
  return name === 'emails.value' || name === 'emails' ? 'email' : undefined;
}

// `urn:…:User:userName` and `USERNAME` are the same attribute.
function coreName(table: ResourceTable, path: string): string {
  const urn = `${table.kind.schema.id}:`.toLowerCase();
  const name = path.toLowerCase();
  return name.startsWith(urn) ? name.slice(urn.length) : name;
}

/** Whether the server has what the filter asks of it. */
export function isSupportedFilter(filter: FilterExpression, behaviour: ScimBehaviour): boolean {
  const { filterOperators, filterAttributes } = behaviour;
  if (filterOperators !== undefined && !filterOperators.includes(filter.op)) return false;
  if (has(filter, 'filters')) return filter.filters.every((part) => isSupportedFilter(part, behaviour));
  if (filter.op === 'not') return isSupportedFilter(filter.filter, behaviour);
  if (filterAttributes === undefined) return true;
  return filterAttributes.some((attribute) => attribute.toLowerCase() === filter.path.toLowerCase());
}

/** Whether any part of the filter asks for this attribute. */
export function namesAttribute(filter: FilterExpression, attribute: string): boolean {
  if (has(filter, 'filters')) return filter.filters.some((part) => namesAttribute(part, attribute));
  if (filter.op === 'not') return namesAttribute(filter.filter, attribute);
  const path = filter.path.toLowerCase();
  return path === attribute.toLowerCase() || path.endsWith(`:${attribute.toLowerCase()}`);
}
