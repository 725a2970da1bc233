/** The part of JSON Schema that an OpenAPI 3.0 document uses for what is emulated or read here. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  email: /^[^\s@]+@[^\s@]+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  uri: /^https?:\/\/\S+$/,
};

/** What a schema objects to in a value: wrong types, missing properties, and also properties it does not name. */
export function schemaProblems(
  value: unknown,
  schema: JsonSchema,
  schemas: Readonly<Record<string, unknown>>,
  at = '',
): string[] {
  const resolved = resolve(schema, schemas);
  if (value === null) return resolved.nullable === true ? [] : [`${at}: null is not allowed`];
  const { type, format, enum: allowed } = resolved;
  if (type !== undefined && !isOfType(value, type)) return [`${at}: not a ${type}`];
  const isOpen = allowed === undefined || allowed.includes('etc...');
  if (!isOpen && !allowed.includes(value)) return [`${at}: not one of the documented values`];
  if (typeof value === 'string' && format !== undefined && formats[format]?.test(value) === false)
    return [`${at}: not a ${format}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => schemaProblems(item, resolved.items ?? {}, schemas, `${at}[${index}]`));
  }
  if (type !== 'object' || typeof value !== 'object') return [];
  const { properties = {}, required = [] } = resolved;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name}: missing`),
    ...Object.entries(value).flatMap(([name, part]) => {
      const known = properties[name];
      return known === undefined
        ? [`${at}.${name}: not documented`]
        : schemaProblems(part, known, schemas, `${at}.${name}`);
    }),
  ];
}

/** The schema itself, with what it refers to and all that it is made of. */
export function resolve(schema: JsonSchema, schemas: Readonly<Record<string, unknown>>): JsonSchema {
  const target = schema.$ref?.split('/').at(-1);
  const own = target === undefined ? schema : resolve(schemas[target] as JsonSchema, schemas);
  const { allOf = [], ...rest } = own;
  return Object.assign({}, ...allOf.map((part) => resolve(part, schemas)), rest);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}
