import type { Permission } from '../../errors/input-errors.js';

/** What the program may change: the two checkboxes of the connection form. Both are off unless set. */
export interface Access {
  /** May create and change, and may activate and add members. @default false */
  readonly provisioning?: boolean | undefined;
  /** May delete, deactivate and remove members. @default false */
  readonly deprovisioning?: boolean | undefined;
}

/** The permissions that an {@link Access} is known to give when the program is compiled. */
export type GrantedBy<A extends Access> =
  | (A extends { readonly provisioning: true } ? 'provisioning' : never)
  | (A extends { readonly deprovisioning: true } ? 'deprovisioning' : never);

/** `Operations` where `Granted` holds all of `Needed`, else nothing. */
export type WithPermission<Granted extends Permission, Needed extends Permission, Operations> = [Needed] extends [
  Granted,
]
  ? Operations
  : unknown;
