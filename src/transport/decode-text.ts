/** Decodes a body as its content type says; as UTF-8 where it says nothing, or what this runtime does not know. */
export function decodeText(bytes: Uint8Array, headers: Headers): string {
  const [, charset = 'utf-8'] = /;\s*charset=["']?([\w.:-]{1,40})/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
