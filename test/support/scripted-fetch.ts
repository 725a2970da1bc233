/** One scripted answer: a response, a failure to reject with, or a function that makes either. */
export type ScriptedAnswer = Response | Error | ((request: Request) => Response | Promise<Response>);

/** A `fetch` that gives the answers in order, the last one for ever, and keeps what was asked. */
export function scriptedFetch(...answers: ScriptedAnswer[]) {
  const requests: Request[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    const input = new Request(url, init);
    requests.push(input.clone());
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return answer(input);
    return answer?.clone();
    // Only called the way the transport calls it: with a URL and an init.
  }) as typeof globalThis.fetch;
  return { fetch, requests };
}

/** What Node's `fetch` rejects with. */
export function fetchFailed(code: string, facts: { readonly syscall?: string } = {}): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(`${facts.syscall ?? 'read'} ${code}`), { code, ...facts }),
  });
}
