import type { AuthEvent } from '../../audit-logs/events/auth-log.js';
import { type EventMaker, envelope } from './event-context.js';
import { browserRequest } from './request-metadata.js';

// The usual ones first.
const actions = [
  ['login_success', 'saml'],
  ['token_issued', 'saml'],
  ['native_login_success', 'saml'],
  ['logout_success', 'saml'],
  ['token_revoked', 'saml'],
  ['login_failed', 'saml'],
  ['signup_success', 'password'],
  ['password_login_invalid_password', 'password'],
  ['password_login_sentinel_challenge', 'password'],
  ['password_login_sentinel_blocked', 'password'],
  ['password_reset_initiated', 'password'],
  ['password_reset_success', 'password'],
  ['password_reset_error', 'password'],
  ['password_reset_admin', 'password'],
] as const;

/** Sign-ins, tokens and passwords. */
export const authLog: EventMaker<AuthEvent> = {
  kinds: actions.length,
  make(context, kind) {
    const [action, provider] = actions[kind] ?? actions[0];
    return [
      {
        ...envelope('AUTH_LOG', context),
        request_metadata: browserRequest(context),
        action_data: { action, auth_provider_name: provider, role: 'standard-user' },
      },
    ];
  },
};
