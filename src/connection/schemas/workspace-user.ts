import * as z from 'zod/mini';

/**
 * A member of a workspace, as the Compliance API lists them (OpenAI, "List users in a workspace"). What the schema does
 * not name is kept as `unknown`.
 */
export const workspaceUserSchema = z.looseObject({
  /** `user-…`: the id that audit events carry, and not the id the directory uses. */
  id: z.string(),
  /** The address the person signs in with. */
  email: z.nullish(z.string()),
  /** Name for people. */
  name: z.nullish(z.string()),
  /** When the person joined, in Unix seconds, with a fraction. */
  created_at: z.nullish(z.number()),
  /** What the person may do in the workspace. */
  role: z.nullish(
    z.custom<'account-owner' | 'account-admin' | 'standard-user' | 'analytics-viewer' | (string & {})>(
      (value) => typeof value === 'string',
    ),
  ),
  /** Whether the person can use the workspace. */
  status: z.nullish(z.custom<'active' | 'inactive' | (string & {})>((value) => typeof value === 'string')),
  /** Whether the directory manages the person. */
  is_scim_managed: z.nullish(z.boolean()),
});
/**
 * A member of a workspace, as the Compliance API lists them (OpenAI, "List users in a workspace"). What the schema does
 * not name is kept as `unknown`.
 */
export type WorkspaceUser = z.infer<typeof workspaceUserSchema>;
