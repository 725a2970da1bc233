import type { ScimType } from '../../errors/scim-errors.js';

/** Thrown by whatever handles a SCIM request to end it with an error answer. */
export class ScimRefusal extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}
