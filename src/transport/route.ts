import { checkOptions, checkText, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { checkPlainObject } from '../errors/plain-object.js';
import { isRecord } from '../internal/json.js';
import { unicodePattern } from '../internal/words.js';
import type { TransportRequest } from './options.js';

/** The names in the braces of a route, but those that are filled in. */
export type RouteParameter<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, 'workspace_id' | 'organization_id'> | RouteParameter<Rest>
  : never;

/** What a route that has no method is asked with. */
export interface RouteValues {
  /**
   * What stands in the braces of the route; `workspace_id` may be left out where `workspaceId` is given. Dots alone, slashes, `%`,
   * `?`, `#` and `;` are refused; the rest is encoded.
   */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** What stands behind the `?`. A plain object. A list is sent as the same name several times. Absent values are left out. */
  readonly query?:
    | Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>>
    | undefined;
}

/** What a route has to be given: `params` where it has braces of its own. */
export type RouteParameters<Route extends string> = [RouteParameter<Route>] extends [never]
  ? unknown
  : { readonly params: Readonly<Record<RouteParameter<Route>, string>> };

/** Which routes may be asked: what the pattern finds in its first group is the part whose braces the caller fills in. */
export interface RouteRule {
  readonly pattern: RegExp;
  /** What they are, such as `a route of the Admin API that reads a workspace`. */
  readonly what: string;
  readonly remedy: string;
}

/** A request for a route that this library has no method for. @throws InputError */
export function readRoute(
  route: string,
  { params = {}, query = {} }: RouteValues,
  { pattern, what, remedy }: RouteRule,
): Pick<TransportRequest, 'route' | 'params' | 'query' | 'personalQuery'> & { readonly meant: string | undefined } {
  checkText('route', route);
  const rest = pattern.exec(route)?.[1];
  if (rest === undefined) throw new InputError(`\`route\` must be ${what}.`, { path: ['route'], remedy });
  const names = [...rest.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const twice = names.find((name) => filledIn.includes(name));
  if (twice !== undefined) {
    throw new InputError(`\`route\` has \`{${twice}}\` behind its beginning, where the client fills it in.`, {
      path: ['route'],
      remedy: 'Give what stands there another name, and its value in `params`.',
    });
  }
  // As the documents write it: it says who is meant, and is compared with whom the client reads.
  const filled = filledIn.find((name) => route.slice(0, route.length - rest.length).includes(`{${name}}`)) ?? '';
  const { [filled]: meant, ...others } = read('`params`', () => (isRecord(params) ? { ...params } : {}));
  if (meant !== undefined) checkText(filled, meant);
  const remaining = meant === undefined ? params : others;
  if (names.length === 0) checkNoParams(remaining);
  const values = checkOptions<Record<string, string>>(
    '`params`',
    remaining,
    Object.fromEntries(names.map((name) => [name, true as const])),
  );
  const parameters = read('`query`', () => parametersOf(query));
  return {
    route,
    meant,
    params: Object.fromEntries(names.map((name) => [name, checkPathPart(name, values[name])])),
    query: parameters,
    personalQuery: parameters.map(([name]) => name),
  };
}

const filledIn = ['workspace_id', 'organization_id'];

/** Without braces no name could be proposed. */
function checkNoParams(params: Readonly<Record<string, string>>): void {
  const [name] = isRecord(params) ? Object.keys(params) : [];
  if (name === undefined) return;
  const remedy = 'Leave `params` out, or write the part that differs in braces: `{user_id}`.';
  throw new InputError('`params` is for the braces of a route, and `route` has none to fill in.', {
    // What is no name may be an id.
    path: /^[a-z_]{1,40}$/i.test(name) ? [name] : ['params'],
    remedy,
  });
}

/** Who is asked, of the two places where it may be said. @throws InputError where they differ. */
export function meantBy(workspaceId: string | undefined, meant: string | undefined): string | undefined {
  if (workspaceId === undefined || meant === undefined) return workspaceId ?? meant;
  if (typeof workspaceId === 'string' && workspaceId.trim().toLowerCase() === meant.trim().toLowerCase()) return meant;
  throw new InputError('`workspaceId` and `params` name two workspaces.', {
    path: ['workspaceId'],
    remedy: 'Leave one of them out: `{ workspaceId }` is enough.',
  });
}

function parametersOf(query: NonNullable<RouteValues['query']>): (readonly [string, string])[] {
  if (!isRecord(query)) throw new InputError('`query` must be an object.', { path: ['query'] });
  checkPlainObject('query', query);
  return Object.entries(query).flatMap(([name, value]) =>
    [value].flat().flatMap((one): (readonly [string, string])[] => {
      if (one === undefined) return [];
      if (typeof one === 'number' ? Number.isFinite(one) : ['string', 'boolean'].includes(typeof one))
        return [[name, String(one)]];
      throw new InputError('`query` has a value that is no text, number or boolean.', { path: ['query'] });
    }),
  );
}

const misleading = () => unicodePattern('^\\.+$|[\\s\\\\/%?#;]|\\p{Cc}', 'u');

/**
 * What may stand in a path: nothing that a server, or something before it, could read as more than one part of it.
 *
 * @throws InputError
 */
export function checkPathPart(name: string, value: unknown): string {
  checkText(name, value);
  // What takes an address apart may first make plain letters of those that look alike.
  if (value !== '' && ![value, value.normalize('NFKC')].some((text) => misleading().test(text))) return value;
  throw new InputError(
    `\`${name}\` is empty, or has what an id cannot have: only dots, a space, or one of \\ / % ? # ;.`,
    {
      path: [name],
      remedy: 'Give the id as the service shows it.',
    },
  );
}
