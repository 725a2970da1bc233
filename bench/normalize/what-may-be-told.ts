// For the careful peers: what of a record may be told, by hand.

export type Json = Record<string, unknown>;

const contentNames = new Set([
  'annotations',
  'arguments',
  'content',
  'download_url',
  'input',
  'instructions',
  'message',
]);
for (const name of ['messages', 'output', 'prompt', 'prompt_text', 'quote', 'response', 'response_text', 'result']) {
  contentNames.add(name);
}
for (const name of [
  'result_preview',
  'starter_prompts',
  'system_instruction',
  'system_instructions',
  'text',
  'title',
]) {
  contentNames.add(name);
}
for (const name of ['tool_input', 'tool_meta', 'tool_output', 'user_message_text']) contentNames.add(name);
const address = /[^\s@](?:@|%40)[^\s@]/i;
const emailName = /(?:^|_)e?mails?(?:_addr(?:ess(?:es)?)?)?$/i;

export function isSecretName(name: string): boolean {
  return contentNames.has(name) || emailName.test(name);
}

export function holdsAddress(text: string): boolean {
  return (text.includes('@') || text.includes('%40')) && address.test(text);
}

/** A text that may be told. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !holdsAddress(value) ? value : undefined;
}

export function partOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** What may be told of what is left. */
export function told(part: Json, path: string, omitted: string[]): Json | undefined {
  let left: Json | undefined;
  for (const key of Object.keys(part)) {
    const value = part[key];
    if (value === null || value === undefined || value === '') continue;
    const kept = toldValue(key, value, path, omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  return left;
}

export function toldValue(key: string, value: unknown, path: string, omitted: string[]): unknown {
  if (isSecretName(key) || (typeof value === 'string' && holdsAddress(value))) {
    omitted.push(`${path}${key}`);
    return undefined;
  }
  if (Array.isArray(value)) {
    const kept = value
      .map((item, index) =>
        typeof item === 'object'
          ? toldWhole(item, `${path}${key}.${index}.`, omitted)
          : toldValue(`${index}`, item, `${path}${key}.`, omitted),
      )
      .filter((item) => item !== undefined);
    return kept.length > 0 || value.length === 0 ? kept : undefined;
  }
  return typeof value === 'object' ? toldWhole(value as Json, `${path}${key}.`, omitted) : value;
}

/** What nobody looks for anything in stays as it is, with what is empty. */
export function toldWhole(part: Json | null, path: string, omitted: string[]): Json | null | undefined {
  if (part === null) return null;
  let left: Json | undefined;
  const keys = Object.keys(part);
  for (const key of keys) {
    const value = part[key];
    const kept = value === null || value === '' ? value : toldValue(key, value, path, omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  return keys.length === 0 ? part : left;
}
