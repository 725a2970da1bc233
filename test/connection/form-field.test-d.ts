import { expectTypeOf } from 'vitest';
import type { CheckFinding, ConfigIssue, ConfigWarning, FormFieldName } from '../../src/index.js';

// A page shows each of them at a field of the form by one and the same lookup, with every name handled.
expectTypeOf<ConfigIssue['field']>().toEqualTypeOf<FormFieldName | undefined>();
expectTypeOf<ConfigWarning['field']>().toEqualTypeOf<FormFieldName | undefined>();
expectTypeOf<CheckFinding['field']>().toEqualTypeOf<FormFieldName | undefined>();

type Told = { readonly field?: FormFieldName; readonly message: string };
expectTypeOf<ConfigIssue | ConfigWarning | CheckFinding>().toExtend<Told>();
// A field with a name that is not of the form could be shown nowhere.
expectTypeOf<string>().not.toExtend<FormFieldName>();
