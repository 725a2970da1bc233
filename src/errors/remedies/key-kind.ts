/** What a secret starts like. Only the service itself can tell most of them. */
export type SecretKind = 'scim_token' | 'openai_key' | 'unknown';

/** Tells a SCIM token (`se_…`) from an OpenAI key (`sk-…`) by its first letters. Other forms exist, and are not refused. */
export function secretKind(text: string): SecretKind {
  if (/^se_/i.test(text)) return 'scim_token';
  return /^sk-/i.test(text) ? 'openai_key' : 'unknown';
}

export type KeyKind = 'admin_key' | 'project_key';

/** What a key of OpenAI's workspace APIs starts like; undefined for any other start. */
export function keyKind(key: string): KeyKind | undefined {
  if (/^sk-admin-/i.test(key)) return 'admin_key';
  return /^sk-(?:proj|svcacct)-/i.test(key) ? 'project_key' : undefined;
}

/** The same of any secret: the narrowest class that its first letters tell. */
export function credentialKind(secret: string): KeyKind | SecretKind {
  return keyKind(secret) ?? secretKind(secret);
}

/** Tells from the server's words why it refuses: mostly it does not say. */
export function forbiddenReason(
  serverMessage: string,
): 'ip_not_allowed' | 'key_not_of_this_workspace' | 'workspace_of_another_organization' | 'scope_missing' | undefined {
  if (/\bip\b|allow-?list|address/i.test(serverMessage)) return 'ip_not_allowed';
  if (/(?:not|n't) belong|another (?:workspace|organi[sz]ation)/i.test(serverMessage)) {
    return /organi[sz]ation/i.test(serverMessage) ? 'workspace_of_another_organization' : 'key_not_of_this_workspace';
  }
  // "You do not have permission" is said of anything.
  return /scope/i.test(serverMessage) ? 'scope_missing' : undefined;
}
