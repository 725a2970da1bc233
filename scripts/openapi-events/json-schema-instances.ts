/** The part of JSON Schema that an OpenAPI 3.0 document uses for log files. */
interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

/** Values a schema allows: with all properties, with the required ones only, and one for each value of an enumeration or null. */
export function schemaInstances(name: string, schemas: Readonly<Record<string, unknown>>): readonly unknown[] {
  const values = (schema: JsonSchema): readonly unknown[] => {
    if (schema.$ref !== undefined) return values(schemas[schema.$ref.split('/').at(-1) ?? ''] as JsonSchema);
    if (schema.allOf !== undefined) return schema.allOf.flatMap(values);
    return [...wholeValues(schema), ...(schema.nullable === true ? [null] : [])];
  };
  const wholeValues = (schema: JsonSchema): readonly unknown[] => {
    if (schema.enum !== undefined) return schema.enum;
    if (schema.type === 'object') return objects(Object.entries(schema.properties ?? {}), schema.required ?? []);
    if (schema.type === 'array') return [schema.items === undefined ? [] : values(schema.items), []];
    if (schema.type === 'boolean') return [true, false];
    return [schema.type === 'integer' || schema.type === 'number' ? 1 : 'text'];
  };
  const objects = (properties: readonly (readonly [string, JsonSchema])[], required: readonly string[]) => {
    const full = Object.fromEntries(properties.map(([key, schema]) => [key, values(schema)[0]]));
    const least = Object.fromEntries(required.map((key) => [key, full[key]]));
    const others = properties.flatMap(([key, schema]) =>
      values(schema)
        .slice(1)
        .map((value) => ({ ...full, [key]: value })),
    );
    return [full, least, ...others];
  };
  return values({ $ref: name });
}
