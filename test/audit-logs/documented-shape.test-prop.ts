import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentedShape, eventSchemas } from '../../src/audit-logs/documented-shape.js';
import { checkEnvelope } from '../../src/audit-logs/validator.js';

type Json = Record<string, unknown>;

const secret = 'mira@example.org';
const value = fc.oneof(fc.jsonValue(), fc.constant(secret), fc.constant({ type: secret }));
const names = Object.values(eventSchemas).flatMap(({ part }) => Object.keys(part?.schemas ?? {}));

/** Objects that look like records here and there, and hold anything elsewhere. */
const record = fc.record(
  {
    event_id: value,
    type: fc.oneof(fc.constantFrom(...Object.keys(eventSchemas)), value),
    timestamp: value,
    principal: value,
    actor: fc.oneof(value, fc.record({ type: fc.constantFrom('ACCOUNT_USER', 'AGENT', 'API_KEY'), user_id: value })),
    action: fc.oneof(fc.constantFrom(...names), value),
    event_type: fc.oneof(fc.constantFrom(...names), value),
    action_data: fc.oneof(value, fc.dictionary(fc.constantFrom('user_id', 'app_id', 'shared_to', '__proto__'), value)),
    event_details: value,
    message: value,
    payload: value,
  },
  { requiredKeys: [] },
);

test.each([checkEnvelope, documentedShape])(
  'whatever a record holds, %o neither throws nor changes it nor quotes it',
  (validate) => {
    fc.assert(
      fc.property(record, (given) => {
        const before = structuredClone(given);
        const issues = validate(given as Json);
        expect(given).toEqual(before);
        expect(JSON.stringify(issues ?? [])).not.toContain(secret);
        if (issues !== undefined) expect(issues.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  },
);

test('what the default check reports, the full check reports too', () => {
  fc.assert(
    fc.property(record, (given) => {
      const reported = (documentedShape(given as Json) ?? []).map(({ path }) => path.join('.'));
      for (const { path } of checkEnvelope(given as Json) ?? []) expect(reported).toContain(path.join('.'));
    }),
    { numRuns: 1_000 },
  );
});
