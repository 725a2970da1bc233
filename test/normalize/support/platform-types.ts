import { platformEventNames, platformTenantEventNames } from '../../../src/audit-logs/events/platform-event-types.js';

/** Every type of record of the API Platform's audit log that the library knows. */
export const platformTypes: readonly string[] = [...platformEventNames, ...platformTenantEventNames];
