import { type JsonSchema, resolve } from '../openapi-emulator/schema-problems.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Answer {
  readonly $ref?: string;
  readonly content?: { readonly 'application/json'?: { readonly schema?: JsonSchema } };
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly responses?: Readonly<Record<string, Answer>>;
}

/** The parts of an OpenAPI document that are read here. */
export interface AdminDocument {
  readonly info?: { readonly version?: string };
  readonly paths: Readonly<Record<string, { readonly get?: Operation } & Pick<Operation, 'parameters'>>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, unknown>>;
    readonly responses?: Readonly<Record<string, Answer>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

/** What the document says of a route that is read with GET. */
export interface DocumentedRoute {
  readonly query: ReadonlySet<string>;
  /** Of the answer; `undefined` where the document does not describe it. */
  readonly schema: JsonSchema | undefined;
}

/** The routes of the Admin API in a document: those of `/manage` and `/analytics`. */
export function documentedRoutes({ paths, components = {} }: AdminDocument): ReadonlyMap<string, DocumentedRoute> {
  const found = new Map<string, DocumentedRoute>();
  for (const [path, { get, parameters: ofPath = [] }] of Object.entries(paths)) {
    if (get === undefined || !/^\/(?:manage|analytics)\//.test(path)) continue;
    const parameters = [...ofPath, ...(get.parameters ?? [])].flatMap((given) =>
      '$ref' in given ? (components.parameters?.[lastOf(given.$ref)] ?? []) : given,
    );
    const given = get.responses?.['200'];
    const answer = given?.$ref === undefined ? given : components.responses?.[lastOf(given.$ref)];
    const query = new Set(parameters.flatMap((one) => (one.in === 'query' ? one.name : [])));
    found.set(path, { query, schema: answer?.content?.['application/json']?.schema });
  }
  return found;
}

/** The fields of an object, or of what a list has; `undefined` for what is neither, or not described. */
export function documentedFields(
  schema: JsonSchema | undefined,
  { components = {} }: AdminDocument,
): ReadonlyMap<string, JsonSchema> | undefined {
  if (schema === undefined) return undefined;
  const { items, properties, oneOf, anyOf } = resolve(schema, components.schemas ?? {});
  if (items !== undefined) return documentedFields(items, { paths: {}, components });
  const others = [...(oneOf ?? []), ...(anyOf ?? [])].flatMap((one) => [
    ...(documentedFields(one, { paths: {}, components }) ?? []),
  ]);
  const all = [...Object.entries(properties ?? {}), ...others];
  return all.length === 0 ? undefined : new Map(all);
}

function lastOf(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}
