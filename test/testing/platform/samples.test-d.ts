import type OpenAI from 'openai';
import { expectTypeOf } from 'vitest';
import type { platformPayloads } from '../../../src/testing/events/samples/platform.js';

type Official = OpenAI.Admin.Organization.AuditLogListResponse;
type Samples = typeof platformPayloads;

// Every base type has a sample, and no sample says what openai-node does not know. Functions stand for numbers.
type Filled<T> = T extends (...of: never[]) => infer Result
  ? Result
  : T extends readonly (infer Entry)[]
    ? Filled<Entry>[]
    : T extends object
      ? { [Key in keyof T]: Filled<T[Key]> }
      : T;

type Base = Exclude<Official['type'], `tenant.${string}`>;
expectTypeOf<keyof Samples>().toEqualTypeOf<Base>();
type Published = Extract<Base, keyof Official>;
