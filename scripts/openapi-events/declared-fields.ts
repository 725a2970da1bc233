import type * as z from 'zod/mini';
import type { DocumentedField } from './documented-field.ts';

interface Definition {
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly innerType?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly options?: readonly z.ZodMiniType[];
}

/** Paths of documented fields that the schema does not declare: they would be kept, but nobody would know their type. */
export function undeclaredFields(
  schema: z.ZodMiniType,
  fields: readonly DocumentedField[],
  path = '',
): readonly string[] {
  const shapes = shapesOf(schema);
  if (shapes.length === 0) return [];
  return fields.flatMap((field) => {
    const at = `${path}${field.name}`;
    if (field.name === '' || field.shape !== undefined || field.text === field.name) return [];
    const declared = shapes.flatMap((shape) => shape[field.name] ?? []);
    if (declared.length === 0) return [at];
    return declared.flatMap((inner) => undeclaredFields(inner, field.below, `${at}.`));
  });
}

/** The objects a schema accepts, seen through null, lists and unions. */
function shapesOf(schema: z.ZodMiniType): readonly Readonly<Record<string, z.ZodMiniType>>[] {
  const { shape, innerType, element, options } = schema._zod.def as Definition;
  if (shape !== undefined) return [shape];
  return [innerType, element, ...(options ?? [])].flatMap((inner) => (inner === undefined ? [] : shapesOf(inner)));
}
