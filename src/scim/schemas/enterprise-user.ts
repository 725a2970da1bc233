import * as z from 'zod/mini';

/** The manager of a user (RFC 7643 §4.3). */
export const managerSchema = z.looseObject({
  /** `id` of the manager's user on the same server. */
  value: z.nullish(z.string()),
  /** URI of that user. */
  $ref: z.nullish(z.string()),
  /** Name of the manager. The server fills it in. */
  displayName: z.nullish(z.string()),
});
/** The manager of a user (RFC 7643 §4.3). */
export type Manager = z.infer<typeof managerSchema>;

/** The enterprise extension of a user (RFC 7643 §4.3). */
export const enterpriseUserSchema = z.looseObject({
  /** Number the employer gave the person. */
  employeeNumber: z.nullish(z.string()),
  /** Name of a cost center. */
  costCenter: z.nullish(z.string()),
  /** Name of an organization. */
  organization: z.nullish(z.string()),
  /** Name of a division. */
  division: z.nullish(z.string()),
  /** Name of a department. */
  department: z.nullish(z.string()),
  /** The manager. */
  manager: z.nullish(managerSchema),
});
/** The enterprise extension of a user (RFC 7643 §4.3). */
export type EnterpriseUser = z.infer<typeof enterpriseUserSchema>;
