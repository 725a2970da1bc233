export type KeyKind = 'admin_key' | 'project_key';

/** What a key of OpenAI's workspace APIs starts like; undefined for any other start. */
export function keyKind(key: string): KeyKind | undefined {
  if (/^sk-admin-/i.test(key)) return 'admin_key';
  return /^sk-(?:proj|svcacct)-/i.test(key) ? 'project_key' : undefined;
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
