import { describeScimServer } from './support/describe-scim-server.js';
import { startScimmy } from './support/start-scimmy.js';

// A page past the end is the first page again, under the index that was asked for.
describeScimServer('scimmy on Express 4', () => startScimmy(4), {
  search: 'in a body',
  bulk: 'at once',
  versions: 'given and ignored',
});
