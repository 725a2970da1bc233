import { isFailure } from '../../errors/is-sdk-error.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import type { Transport, TransportRequest } from '../../transport/transport.js';

/** What became of one request of a check. */
export type Outcome =
  | { readonly kind: 'answered'; readonly body: unknown; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly error: ResponseError | ResponseValidationError | ConnectionError }
  /** Time was up first. */
  | { readonly kind: 'unfinished' }
  /** Not sent: it is clear beforehand that the secret belongs elsewhere. */
  | { readonly kind: 'withheld' };

/**
 * Asks once, and once more where the connection broke: one that was kept open may have been closed at the other end.
 *
 * @throws What is no answer to the question: the reason of the caller's signal, a fault of the program.
 */
export async function probe(
  transport: Transport,
  request: Pick<TransportRequest, 'route' | 'params' | 'query'>,
  scope: { readonly signal: AbortSignal; readonly expired: boolean },
): Promise<Outcome> {
  const startMs = transport.clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const { body } = await transport.send({ ...request, method: 'GET', maxRetries: 0, signal: scope.signal });
      return { kind: 'answered', body, durationMs: transport.clock.now() - startMs };
    } catch (error) {
      if (scope.expired) return { kind: 'unfinished' };
      const isKnown =
        isFailure(error) &&
        (error instanceof ResponseError ||
          error instanceof ResponseValidationError ||
          error instanceof ConnectionError);
      if (!isKnown) throw error;
      if (error.code === 'network_error' && error.retryable && attempt === 1) continue;
      return { kind: 'failed', error };
    }
  }
}
