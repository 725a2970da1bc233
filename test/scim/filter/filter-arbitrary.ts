import fc from 'fast-check';
import type { FilterExpression, FilterValue } from '../../../src/scim/filter/filter.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Paths of users, known and unknown, in several spellings. */
export const pathArbitrary = fc.constantFrom(
  'userName',
  'USERNAME',
  'id',
  'externalId',
  'active',
  'title',
  'name.familyName',
  'name',
  'emails',
  'emails.value',
  'emails.type',
  'emails.primary',
  'meta.created',
  'schemas',
  'tags',
  'tags.value',
  'shoeSize',
  'constructor',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName',
  ENTERPRISE,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:manager.value`,
  'urn:example:2.0:Badge:color',
  'urn:example:2.0:Badge',
  'URN:EXAMPLE:2.0:badge',
);

const partArbitrary = fc.constantFrom('value', 'type', 'TYPE', 'primary', 'display', '$ref', 'unknown');

/** Values that meet in resources and in filters, so that comparisons are not all false. */
const textArbitrary = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'A',
    'ab',
    'b',
    'work',
    'Work',
    'home',
    'ΟΣ',
    'ος',
    'Οσ',
    '2026-01-01T00:00:00Z',
    '2026-01-01T01:00:00+01:00',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const valueArbitrary: fc.Arbitrary<FilterValue> = fc.oneof(
  textArbitrary,
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(0, 1, 2, -1.5),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => (value === 0 ? 0 : value)),
);

const orderedArbitrary = fc.oneof(textArbitrary, fc.constantFrom(0, 1, 2, -1.5));

function leafArbitrary(path: fc.Arbitrary<string>): fc.Arbitrary<FilterExpression> {
  return fc.oneof(
    fc.record({ op: fc.constantFrom('eq', 'ne'), path, value: valueArbitrary }),
    fc.record({ op: fc.constantFrom('co', 'sw', 'ew'), path, value: textArbitrary }),
    fc.record({ op: fc.constantFrom('gt', 'ge', 'lt', 'le'), path, value: orderedArbitrary }),
    fc.record({ op: fc.constant('pr'), path }),
  );
}

function logicArbitrary(leaf: fc.Arbitrary<FilterExpression>, maxDepth: number): fc.Arbitrary<FilterExpression> {
  return fc.letrec<{ filter: FilterExpression }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, depthSize: 'small' },
      leaf,
      fc.record({
        op: fc.constantFrom('and', 'or'),
        filters: fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
      }),
      fc.record({ op: fc.constant('not'), filter: tie('filter') }),
    ),
  })).filter;
}

const valuePathArbitrary: fc.Arbitrary<FilterExpression> = fc.record({
  op: fc.constant('valuePath'),
  path: fc.constantFrom('emails', 'EMAILS', 'tags', 'addresses', `${ENTERPRISE}:manager`),
  filter: logicArbitrary(leafArbitrary(partArbitrary), 3),
});

/** Any filter that can be written and read. */
export const filterArbitrary = logicArbitrary(
  fc.oneof({ weight: 4, arbitrary: leafArbitrary(pathArbitrary) }, { weight: 1, arbitrary: valuePathArbitrary }),
  5,
);

const emailArbitrary = fc.record(
  {
    value: fc.oneof(textArbitrary, fc.constant(null)),
    type: textArbitrary,
    TYPE: textArbitrary,
    primary: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Any user, with attributes missing, null, empty, and in other spellings. */
export const userArbitrary = fc.record(
  {
    id: textArbitrary,
    externalId: textArbitrary,
    userName: textArbitrary,
    USERNAME: textArbitrary,
    active: fc.boolean(),
    title: fc.oneof(textArbitrary, fc.constant(null)),
    name: fc.record({ familyName: textArbitrary, formatted: textArbitrary }, { requiredKeys: [] }),
    emails: fc.oneof(fc.array(emailArbitrary, { maxLength: 3 }), fc.constant(null)),
    meta: fc.record({ created: textArbitrary }, { requiredKeys: [] }),
    schemas: fc.array(textArbitrary, { maxLength: 2 }),
    tags: fc.array(fc.oneof(textArbitrary, fc.constantFrom(1, true)), { maxLength: 3 }),
    shoeSize: fc.oneof(fc.constantFrom(0, 1, 2), textArbitrary),
    [ENTERPRISE]: fc.record(
      { department: textArbitrary, manager: fc.oneof(textArbitrary, fc.record({ value: textArbitrary })) },
      { requiredKeys: [] },
    ),
    'urn:example:2.0:Badge': fc.record({ color: textArbitrary }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
