import { describe } from 'vitest';
import * as admin from '../../src/admin/index.js';
import * as logs from '../../src/audit-logs/index.js';
import * as exporting from '../../src/export/index.js';
import * as root from '../../src/index.js';
import * as normalize from '../../src/normalize/index.js';
import * as provisioning from '../../src/provisioning/index.js';
import * as scim from '../../src/scim/index.js';
import * as testing from '../../src/testing/index.js';
import { type FoundFunction, publicFunctions } from '../end-to-end/support/public-functions.js';
import { testFunctions } from './support/attempts.js';
import { exportCases } from './support/cases-of-exports.js';
import { openConnection } from './support/open-connection.js';
import { wrongValues } from './support/wrong-values.js';

/** Tried with more values of their own in wrong-arguments.test.ts. */
const ofFilters =
  /^(?:and|co|eq|ew|filter|ge|gt|le|lt|ne|not|or|present|sw|valuePath|chunkOperations|parse(?:Filter|Path)|format(?:Filter|Path))$/;
/** Tried with what they return in wrong-arguments-of-sinks.test.ts. */
const sinks = /^[a-z]\w*Sink$/;
const errors = /^[A-Z]\w*Error$/;

/** A generator looks at its options when it is asked for the first. */
const drawn = (result: unknown): unknown =>
  Object(result)[Symbol.toStringTag] === 'Generator' ? [...(result as Iterable<unknown>)] : result;

describe('whatever an exported function or constructor is given, it answers or says what is wrong', () => {
  testFunctions(
    exportCases,
    () => {
      const all: Readonly<Record<string, unknown>> = {
        ...testing,
        ...normalize,
        ...provisioning,
        ...exporting,
        ...admin,
        ...logs,
        ...scim,
        ...root,
      };
      const functions = Object.entries(all).flatMap(([path, value]): FoundFunction[] => {
        if (typeof value !== 'function' || ofFilters.test(path) || sinks.test(path) || errors.test(path)) return [];
        if (!/^class/.test(String(value)))
          return [{ path, call: (...given) => drawn(Reflect.apply(value, undefined, given)) }];
        return [{ path, call: (...given) => void Reflect.construct(value, given) }];
      });
      return {
        functions: [...functions, ...publicFunctions(testing.fault, 'fault')],
        requests: openConnection().requests,
      };
      // Not what throws by itself: no caller of these gets it from others.
    },
    wrongValues,
  );
});
