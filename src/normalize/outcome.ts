/** How something ended. */
export type Ended = 'success' | 'failure' | 'unknown';

const words: ReadonlyMap<string, Ended> = /* @__PURE__ */ new Map([
  ['success', 'success'],
  ['succeeded', 'success'],
  ['completed', 'success'],
  ['complete', 'success'],
  ['ok', 'success'],
  ['error', 'failure'],
  ['failed', 'failure'],
  ['failure', 'failure'],
  ['blocked', 'failure'],
  ['denied', 'failure'],
]);

/** What a word says of how it ended, in capitals or not; nothing where there is none. What is not over yet, or not known, is unknown. */
export function endedBy(word: unknown): Ended | undefined {
  if (typeof word !== 'string' || word === '') return undefined;
  return words.get(word) ?? words.get(word.toLowerCase()) ?? 'unknown';
}

/** What the name of an action says that is not known. Success is said of none that does not say it. */
export function endedByName(action: string): Ended {
  const isDenied = /(?:^|_)(?:not|no|non|without|un\w*)_/.test(action);
  if (!isDenied && /(?:^|_)(?:success|succeeded)$/.test(action)) return 'success';
  return /fail|error|invalid|blocked|denied|rejected/.test(action) ? 'failure' : 'unknown';
}

/** An app of MCP says whether it failed; another one says nothing. */
export function endedByOutput(output: unknown): Ended {
  let ended: Ended = 'unknown';
  for (const part of Array.isArray(output) ? output : []) {
    const isError: unknown = part?.response?.result?.isError;
    if (isError === true) return 'failure';
    if (isError === false) ended = 'success';
  }
  return ended;
}
