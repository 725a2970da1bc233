import { describeScimServer } from './support/describe-scim-server.js';
import { startScimmy } from './support/start-scimmy.js';

// `startIndex` and `count` in a URL are ignored: every page is the first twenty.
describeScimServer('scimmy on Express 5', () => startScimmy(5), {
  pagesAreIgnored: true,
  search: 'in a body',
  bulk: 'at once',
  versions: 'given and ignored',
});
