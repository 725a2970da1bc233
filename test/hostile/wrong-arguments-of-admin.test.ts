import { describe } from 'vitest';
import { openAdmin } from '../admin/support/open-admin.js';
import { publicFunctions } from '../end-to-end/support/public-functions.js';
import { testFunctions } from './support/attempts.js';
import { adminCases } from './support/cases-of-methods.js';

describe('whatever a method of an AdminClient is given, it answers or says what is wrong, and sends nothing wrong', () => {
  testFunctions(adminCases, () => {
    const { client: admin, asked } = openAdmin(() => ({ data: [], has_more: false }));
    const requests = {
      get total() {
        return asked.length;
      },
    };
    const roots = { admin, list: admin.members.iterate() };
    // Those of arrays are not ours.
    const functions = Object.entries(roots)
      .flatMap(([name, root]) => publicFunctions(root, name))
      .filter(({ path }) => !/^admin\.workspaceIds\./.test(path));
    return { functions, requests };
  });
});
