import type { FilterExpression } from '../../scim/filter/filter.js';
import { parseFilter } from '../../scim/filter/parse.js';
import { SEARCH_REQUEST_URN } from '../../scim/schemas/urns.js';
import { checkMessageSchema, ScimRefusal } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import { namesAttribute } from './find.js';
import type { ResourceData } from './resource-table.js';

/** What a list was asked for, on the URL or in the body of `/.search`. */
export interface ListQuery {
  readonly filter: FilterExpression | undefined;
  /** As the client wrote it, which binds a cursor to it. */
  readonly filterText: string | undefined;
  readonly sortBy: string | undefined;
  readonly descending: boolean;
  readonly startIndex: number | undefined;
  readonly count: number | undefined;
  readonly cursor: string | undefined;
  readonly attributes: readonly string[] | undefined;
  readonly excludedAttributes: readonly string[] | undefined;
}

/** Reads the query parameters of a list (RFC 7644 §3.4.2, RFC 9865 §2). */
export function listQueryOfUrl(parameters: URLSearchParams, behaviour: ScimBehaviour): ListQuery {
  const text = (name: string) => parameters.get(name) ?? undefined;
  const list = (name: string) =>
    text(name)
      ?.split(',')
      .map((part) => part.trim());
  const given: RawListQuery = {
    filter: text('filter'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    startIndex: wholeNumber(text('startIndex'), 'startIndex'),
    count: wholeNumber(text('count'), 'count'),
    cursor: text('cursor'),
    attributes: list('attributes'),
    excludedAttributes: list('excludedAttributes'),
  };
  const query = toListQuery(given, behaviour);
  // RFC 7644 §7.5.2: what is secret does not belong on a URL.
  if (query.filter !== undefined && namesAttribute(query.filter, 'password')) {
    const detail = 'The filter names a sensitive attribute, which must not appear in a URL. Use POST /.search.';
    throw new ScimRefusal(403, detail, 'sensitive');
  }
  return query;
}

/** The parts of a query before they are checked. */
interface RawListQuery extends Partial<Omit<ListQuery, 'filter' | 'filterText' | 'descending'>> {
  readonly filter?: string | undefined;
  readonly sortOrder?: string | undefined;
}

function toListQuery(raw: RawListQuery, behaviour: ScimBehaviour): ListQuery {
  if (behaviour.projection && raw.attributes !== undefined && raw.excludedAttributes !== undefined) {
    throw new ScimRefusal(400, "'attributes' and 'excludedAttributes' are mutually exclusive.", 'invalidValue');
  }
  return {
    filter: raw.filter === undefined ? undefined : readFilter(raw.filter, behaviour),
    filterText: raw.filter,
    sortBy: behaviour.sort ? raw.sortBy : undefined,
    descending: raw.sortOrder?.toLowerCase() === 'descending',
    startIndex: raw.startIndex,
    count: raw.count,
    cursor: behaviour.cursors === 'off' ? undefined : raw.cursor,
    attributes: behaviour.projection ? raw.attributes : undefined,
    excludedAttributes: behaviour.projection ? raw.excludedAttributes : undefined,
  };
}

function readFilter(text: string, { filterEscapes }: ScimBehaviour): FilterExpression {
  try {
    // A backslash stands nowhere in a filter but in a text.
    const hasEscapes = filterEscapes !== 'read' && text.includes('\\');
    if (!hasEscapes) return parseFilter(text);
    if (filterEscapes === 'literal') return parseFilter(asItStands(text));
  } catch (error) {
    throw new ScimRefusal(400, error instanceof Error ? error.message : 'Invalid filter.', 'invalidFilter');
  }
  throw new ScimRefusal(400, 'The filter has an escaped character.', 'invalidFilter');
}

// Each backslash means itself, also the one that was to protect another character.
function asItStands(text: string): string {
  return text.replaceAll(/\\(.)/g, (escaped) => JSON.stringify(escaped).slice(1, -1));
}

function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
  throw new ScimRefusal(400, `'${name}' must be an integer.`, 'invalidValue');
}

/** Reads the body of `/.search` (RFC 7644 §3.4.3). */
export function listQueryOfBody(body: ResourceData, behaviour: ScimBehaviour): ListQuery {
  checkMessageSchema(body, SEARCH_REQUEST_URN);
  const given = Object.entries(body).filter(([, value]) => value !== null);
  if (!given.every(([name, value]) => isOfType(value, searchTypes[name]))) {
    throw new ScimRefusal(400, 'A search parameter has the wrong type.', 'invalidSyntax');
  }
  return toListQuery(Object.fromEntries(given), behaviour);
}

const searchTypes: Readonly<Record<string, 'string' | 'number' | 'strings'>> = {
  filter: 'string',
  sortBy: 'string',
  sortOrder: 'string',
  startIndex: 'number',
  count: 'number',
  cursor: 'string',
  attributes: 'strings',
  excludedAttributes: 'strings',
};

function isOfType(value: unknown, type: 'string' | 'number' | 'strings' | undefined): boolean {
  if (type === undefined) return true;
  if (type !== 'strings') return typeof value === type;
  return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
