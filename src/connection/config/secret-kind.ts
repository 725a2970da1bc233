/** What a secret starts like. Most can only be told by the service itself. */
export type SecretKind = 'scim_token' | 'openai_key' | 'unknown';

/** Tells a SCIM token (`se_…`) from an OpenAI key (`sk-…`) by its first letters. Other forms exist, and are not refused. */
export function secretKind(text: string): SecretKind {
  if (/^se_/i.test(text)) return 'scim_token';
  return /^sk-/i.test(text) ? 'openai_key' : 'unknown';
}

/** Whether there is something in a longer text that starts like a secret. */
export function holdsSecret(text: string): boolean {
  return /(?:^|[^a-z0-9])(?:sk-|se_)/i.test(text);
}
