import type OpenAI from 'openai';
import { expectTypeOf } from 'vitest';
import type { platformPayloads } from '../../../src/testing/events/samples/platform.js';

type Official = OpenAI.Admin.Organization.AuditLogListResponse;
type Samples = typeof platformPayloads;
type Base = Exclude<Official['type'], `tenant.${string}`>;
type Published = Extract<Base, keyof Official>;

// Every type of the organization has a sample, or is said to have no payload.
expectTypeOf<keyof Samples>().toEqualTypeOf<Base>();
type WithoutPayload = { [Type in Base]: Samples[Type] extends undefined ? Type : never }[Base];
expectTypeOf<WithoutPayload>().toEqualTypeOf<Exclude<Base, Published>>();

// Each is of the type that openai-node has.
type Wrong = { [Type in Published]: Samples[Type] extends Official[Type] ? never : Type }[Published];
expectTypeOf<Wrong>().toBeNever();

// None says what openai-node does not know. Of a storage, the kinds have little in common.
type Excess<Sample, Known> = unknown extends Known ? never : ExcessOf<Sample, NonNullable<Known>>;
type ExcessOf<Sample, Known> = Sample extends readonly (infer Entry)[]
  ? Known extends readonly (infer KnownEntry)[]
    ? Excess<Entry, KnownEntry>
    : never
  : Sample extends object
    ? Exclude<keyof Sample, keyof Known> | InFields<Sample, Known, keyof Sample & keyof Known>
    : never;
type InFields<Sample, Known, Field extends keyof Sample & keyof Known> = {
  [Key in Field]: Excess<Sample[Key], Known[Key]>;
}[Field];
type Checked = Exclude<Published, 'external_storage.registered'>;
type Unknown = { [Type in Checked]: Excess<Samples[Type], Official[Type]> }[Checked];
expectTypeOf<Unknown>().toBeNever();
