import * as z from 'zod/mini';
import { eventEnvelopeSchema } from './envelope.js';
import { documented, nullishString, openEnum, requestMetadataSchema } from './fields.js';

/** What happened at a sign-in, by the names that are known; {@link OtherName} is any that came later. */
export type AuthAction =
  | 'signup_success'
  | 'login_success'
  | 'login_failed'
  | 'native_login_success'
  | 'logout_success'
  | 'token_issued'
  | 'token_revoked'
  | 'password_reset_initiated'
  | 'password_reset_success'
  | 'password_reset_error'
  | 'password_reset_admin'
  | 'password_login_invalid_password'
  | 'password_login_sentinel_challenge'
  | 'password_login_sentinel_blocked';

export const authEventSchema = z.looseObject({
  ...eventEnvelopeSchema.shape,
  type: z.literal('AUTH_LOG'),
  request_metadata: z.nullish(requestMetadataSchema),
  action_data: documented(
    z.looseObject({
      action: documented(openEnum<AuthAction>()),
      /** How the user proved who they are, such as `saml` or `password`. */
      auth_provider_name: nullishString,
      /** The user's role at the time, such as `standard-user`. */
      role: nullishString,
    }),
  ),
});

/** `AUTH_LOG`: someone signed in, failed to, signed out, or reset a password. */
export type AuthEvent = z.infer<typeof authEventSchema>;
