import { scimQuirks } from '../../src/testing/scim/quirks.js';
import { describeScimServer } from './support/describe-scim-server.js';
import { startEmulator } from './support/start-emulator.js';

describeScimServer('the emulator, as RFC 7644 has it', () => startEmulator('rfc'), {
  search: 'in a body',
  bulk: 'at once',
  versions: 'kept to',
});

// Its groups have no `members` where there are none.
describeScimServer('the emulator without PATCH', () => startEmulator('rfc', 'empty', scimQuirks.withoutPatch), {
  hasNoPatch: true,
  search: 'in a body',
  bulk: 'at once',
  versions: 'kept to',
});

const asWorkos = { bulk: 'one by one', versions: 'none' } as const;
describeScimServer('the emulator, as WorkOS has it', () => startEmulator('workos'), {
  ...asWorkos,
  profile: 'workos',
  search: 'by URL',
});
describeScimServer(
  'the emulator, as WorkOS has it, to a client that knows only the RFCs',
  () => startEmulator('workos'),
  {
    ...asWorkos,
    search: 'by URL in the end',
  },
);
