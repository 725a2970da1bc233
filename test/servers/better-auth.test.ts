import { describeScimServer } from './support/describe-scim-server.js';
import { startBetterAuth } from './support/start-better-auth.js';

// Filters by `eq` alone and refuses nulls.
describeScimServer('better-auth', startBetterAuth, {
  search: 'by URL in the end',
  bulk: 'one by one',
  versions: 'none',
});
