import { describeScimServer } from './support/describe-scim-server.js';
import { startScimPatch } from './support/start-scim-patch.js';

// PATCH and filters as two libraries of others have them; the routes round them are ours.
describeScimServer('scim-patch and scim2-parse-filter on Express 4', startScimPatch, {
  search: 'by URL in the end',
  bulk: 'one by one',
  versions: 'none',
});
