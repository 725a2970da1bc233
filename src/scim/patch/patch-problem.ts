import type { PatchScimType } from '../../errors/scim-errors.js';

/** Why an operation cannot be applied, before it is known which one it is. Never leaves this folder. */
export class PatchProblem extends Error {
  readonly scimType: PatchScimType;

  constructor(scimType: PatchScimType, message: string) {
    super(message);
    this.scimType = scimType;
  }
}
