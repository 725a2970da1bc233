import type { Permission } from '../../errors/input-errors.js';

/** A permission that a request needs, and why. */
export interface AccessDemand {
  readonly permission: Permission;
  /** What the request would do, such as `sets active to false`. */
  readonly because: string;
}

export const provisioningFor = (because: string): readonly AccessDemand[] => [{ permission: 'provisioning', because }];

export const deprovisioningFor = (because: string): readonly AccessDemand[] => [
  { permission: 'deprovisioning', because },
];

/** For what cannot be told to be the one and not the other. */
export const bothFor = (because: string): readonly AccessDemand[] => [
  ...deprovisioningFor(because),
  ...provisioningFor(because),
];
