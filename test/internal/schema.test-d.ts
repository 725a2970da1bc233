import { expectTypeOf } from 'vitest';
import * as classic from 'zod';
import * as z from 'zod/mini';
import type { Schema, SchemaResult } from '../../src/internal/schema.js';

// A schema made with zod is what the declarations say it is.
expectTypeOf(z.looseObject({ id: z.string() })).toExtend<Schema<{ [key: string]: unknown; id: string }>>();
expectTypeOf(classic.object({ id: classic.string() })).toExtend<Schema<{ id: string }>>();
expectTypeOf(z._default(z.boolean(), false)).toExtend<Schema<boolean, boolean | undefined>>();

// What it reads may be left unsaid.
expectTypeOf(z._default(z.boolean(), false)).toExtend<Schema<boolean, unknown>>();

// @ts-expect-error TS2322 it gives strings
export const wrong: Schema<number> = z.string();

expectTypeOf<SchemaResult<string>>().toExtend<{ issues?: readonly { message: string }[] | undefined }>();
