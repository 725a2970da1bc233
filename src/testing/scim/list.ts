import { LIST_RESPONSE_URN } from '../../scim/schemas/urns.js';
import { ScimRefusal } from './answer.js';
import { attributeOf, readAttribute, splitAttributePath } from './attribute-path.js';
import type { ScimBehaviour } from './behaviour.js';
import type { CursorStore } from './cursors.js';
import type { Directory } from './directory.js';
import { findRows, isSupportedFilter } from './find.js';
import type { ListQuery } from './list-query.js';
import { projectResource, type ResourceRenderer } from './render.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';

interface ListParts {
  readonly directory: Directory;
  readonly renderer: ResourceRenderer;
  readonly behaviour: ScimBehaviour;
  readonly cursors: CursorStore<Row>;
}

/** The body of a ListResponse over one type of resource, or over several. */
export function listResources(parts: ListParts, kinds: readonly ResourceKind[], query: ListQuery): object {
  const { behaviour } = parts;
  const find = () => sorted(parts, findAll(parts, kinds, query), query);
  const usesCursor = behaviour.cursors === 'always' || query.cursor !== undefined;
  return usesCursor ? cursorPage(parts, kinds, query, find) : indexPage(parts, query, find());
}

function findAll(parts: ListParts, kinds: readonly ResourceKind[], query: ListQuery): readonly Row[] {
  const { directory, renderer, behaviour } = parts;
  const filter = effectiveFilter(query, behaviour);
  if (filter === 'none') return [];
  const found = kinds.flatMap((kind) => findRows(directory.table(kind), filter, renderer));
  if (kinds.length > 1 && filter === undefined && found.length > behaviour.maxRootResults) {
    throw new ScimRefusal(400, 'Too many resources match. Add a filter.', 'tooMany');
  }
  if (found.length === 0 && filter !== undefined && behaviour.notFoundForNoMatch) {
    throw new ScimRefusal(404, 'No resource matches the filter.');
  }
  return behaviour.caseSensitiveUserName ? found.filter((row) => hasExactUserName(row, query)) : found;
}

function effectiveFilter(query: ListQuery, behaviour: ScimBehaviour): ListQuery['filter'] | 'none' {
  if (query.filter === undefined) return undefined;
  if (isSupportedFilter(query.filter, behaviour)) return query.filter;
  switch (behaviour.unsupportedFilter) {
    case 'ignored':
      return undefined;
    case 'no_match':
      return 'none';
    case 'not_implemented':
      throw new ScimRefusal(501, 'The filter is not supported.');
    default:
      throw new ScimRefusal(400, 'The filter is not supported.', 'invalidFilter');
  }
}

function hasExactUserName(row: Row, { filter }: ListQuery): boolean {
  if (filter?.op !== 'eq' || filter.path.toLowerCase() !== 'username') return true;
  return row.attributes.userName === filter.value;
}

// By the primary or first value, without case unless the schema says so, missing last (RFC 7644 §3.4.2.3).
function sorted({ renderer }: ListParts, rows: readonly Row[], query: ListQuery): readonly Row[] {
  const { sortBy, descending } = query;
  if (sortBy === undefined) return rows;
  const keyed = rows.map((row) => ({ row, key: sortKey(renderer.render(row), row.kind, sortBy) }));
  const direction = descending ? -1 : 1;
  return keyed.sort((one, other) => direction * compare(one.key, other.key)).map(({ row }) => row);
}

function pageSize(query: ListQuery, behaviour: ScimBehaviour): number {
  const count = Math.max(0, query.count ?? behaviour.defaultPageSize);
  if (count > behaviour.maxPageSize && behaviour.countAboveMaximum === 'refuse') {
    throw new ScimRefusal(400, `'count' must be at most ${behaviour.maxPageSize}.`, 'invalidValue');
  }
  return Math.min(count, behaviour.maxPageSize);
}

function indexPage(parts: ListParts, query: ListQuery, rows: readonly Row[]): object {
  const { behaviour } = parts;
  const size = pageSize(query, behaviour);
  const page = rows.slice(...pageBounds(query, rows.length, size, behaviour));
  const resources = renderAll(parts, page, query);
  return {
    schemas: [LIST_RESPONSE_URN],
    totalResults: behaviour.totalResults === 'matches' ? rows.length : resources.length,
    startIndex: behaviour.omitsStartIndex ? undefined : echoedStartIndex(query, behaviour),
    itemsPerPage: resources.length,
    ...(resources.length === 0 && behaviour.omitsEmptyResources ? {} : { [behaviour.resourcesKey]: resources }),
  };
}

function pageBounds(query: ListQuery, total: number, size: number, behaviour: ScimBehaviour): [number, number] {
  const base = behaviour.startIndex === 'from_zero' ? 0 : 1;
  const offset = behaviour.startIndex === 'ignored' ? 0 : Math.max(0, (query.startIndex ?? base) - base);
  const asked = behaviour.startIndex === 'whole_pages' && size > 0 ? offset - (offset % size) : offset;
  const overlap = behaviour.overlappingPages && asked > 0 ? 1 : 0;
  const isPastTheEnd = asked >= total && asked > 0;
  if (isPastTheEnd && behaviour.pastTheEnd === 'not_found') throw new ScimRefusal(404, 'No such page.');
  const start = isPastTheEnd && behaviour.pastTheEnd === 'first_page' ? 0 : asked - overlap;
  return [start, start + size];
}

function echoedStartIndex({ startIndex }: ListQuery, behaviour: ScimBehaviour): number {
  if (behaviour.startIndex === 'from_zero') return startIndex ?? 0;
  return behaviour.startIndex === 'ignored' ? 1 : Math.max(1, startIndex ?? 1);
}

function cursorPage(
  parts: ListParts,
  kinds: readonly ResourceKind[],
  query: ListQuery,
  find: () => readonly Row[],
): object {
  const { behaviour, cursors } = parts;
  if (query.count !== undefined && query.count > behaviour.maxPageSize) {
    throw new ScimRefusal(400, `'count' must be at most ${behaviour.maxPageSize}.`, 'invalidCount');
  }
  const size = pageSize(query, behaviour);
  const { filterText, sortBy, descending } = query;
  const bound = JSON.stringify({ kinds: kinds.map((kind) => kind.name), filterText, sortBy, descending, count: size });
  const page = cursors.page(query.cursor ?? '', bound, size, find);
  // Deleted since: left out.
  const current = page.items.flatMap(({ id }) => parts.directory.get(id) ?? []);
  const resources = renderAll(parts, current, query);
  return {
    schemas: [LIST_RESPONSE_URN],
    totalResults: behaviour.totalResults === 'matches' ? page.total : resources.length,
    itemsPerPage: resources.length,
    nextCursor: shownCursor(page.nextCursor, behaviour),
    previousCursor: shownCursor(page.previousCursor, behaviour),
    [behaviour.resourcesKey]: resources,
  };
}

function shownCursor(cursor: string | undefined, { cursorType }: ScimBehaviour): string | number | undefined {
  return cursor !== undefined && cursorType === 'number' ? Number(cursor) : cursor;
}

function renderAll({ renderer }: ListParts, rows: readonly Row[], query: ListQuery): object[] {
  return rows.map((row) => projectResource(renderer.renderInList(row), row.kind, query));
}

type SortKey = string | number | undefined;

function sortKey(resource: ResourceData, kind: ResourceKind, sortBy: string): SortKey {
  const path = splitAttributePath(sortBy, kind);
  const source = path.extension === undefined ? resource : resource[path.extension];
  const attribute = preferred(path.attribute === undefined ? undefined : readAttribute(source, path.attribute));
  const isComplex = typeof attribute === 'object' && attribute !== null;
  const value = isComplex ? readAttribute(attribute, path.subAttribute ?? 'value') : attribute;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  return attributeOf(kind, path)?.caseExact === true ? value : value.toLowerCase();
}

function preferred(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.find((element) => element?.primary === true) ?? value[0];
}

function compare(one: SortKey, other: SortKey): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}
