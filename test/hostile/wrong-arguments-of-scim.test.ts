import { describe } from 'vitest';
import { groupResourceSchema } from '../../src/scim/index.js';
import { publicFunctions } from '../end-to-end/support/public-functions.js';
import { testFunctions } from './support/attempts.js';
import { scimCases } from './support/cases-of-methods.js';
import { openConnection } from './support/open-connection.js';

describe('whatever a method of the SCIM client is given, it answers or says what is wrong, and sends nothing wrong', () => {
  testFunctions(scimCases, () => {
    const { connection, requests } = openConnection();
    const { scim } = connection;
    const devices = scim.resource({ endpoint: '/Devices', schema: groupResourceSchema });
    return { functions: [...publicFunctions(scim, 'scim'), ...publicFunctions(devices, 'devices')], requests };
  });
});
