import { describeScimServer } from './support/describe-scim-server.js';
import { startBetterAuth } from './support/start-better-auth.js';

// Filters by `eq` alone and refuses nulls.
describeScimServer('better-auth', startBetterAuth);
