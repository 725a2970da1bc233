import { describeScimServer } from './support/describe-scim-server.js';
import { startEmulator } from './support/start-emulator.js';

describeScimServer('the emulator, as RFC 7644 has it', () => startEmulator('rfc'), { hasSearch: true });
describeScimServer('the emulator, as WorkOS has it', () => startEmulator('workos'));
