import { isRecord } from '../internal/json.js';
import type { TransportRequest } from './options.js';

// What these hold are words of the protocol, which a server's message needs.
const protocolKeys = ['op', 'schemas', 'method', 'type'];

/**
 * Collects what the caller sent, so that a server which repeats it ("User jdoe already exists") does not carry it into
 * an error. Longest first: a full name goes before the first name inside it.
 */
export function sensitiveValues(request: Pick<TransportRequest, 'params' | 'query' | 'body'>, url?: string): string[] {
  const values = new Set<string>(Object.values(request.params ?? {}));
  // The key of a directory stands in the path of its base URL.
  const segments = url === undefined ? [] : new URL(url).pathname.split('/');
  for (const segment of segments) if (/^(?=.*\d).{8,}$/.test(segment)) values.add(segment);
  const addQuoted = (text: string) => {
    for (const [literal, quoted = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      values.add(quoted);
      values.add(unescaped(literal) ?? quoted);
    }
  };
  for (const [, value] of request.query ?? []) addQuoted(value);
  const visit = (value: unknown, key?: string) => {
    if (typeof value === 'string') {
      if (key === 'path') addQuoted(value);
      else values.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item);
    } else if (isRecord(value)) {
      for (const [name, item] of Object.entries(value)) if (!protocolKeys.includes(name)) visit(item, name);
    }
  };
  visit(request.body);
  return [...values].sort((a, b) => b.length - a.length);
}

/** What a literal of a filter stands for: a server may repeat it either way. */
function unescaped(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}
