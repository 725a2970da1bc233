import { isFailure } from '../../errors/is-sdk-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import { readServiceProviderConfig } from '../discovery/read-service-provider-config.js';
import type { Session } from '../session.js';

/** How much one bulk request may hold. */
export interface BulkLimits {
  readonly maxOperations: number;
  /** Bytes. */
  readonly maxPayloadSize: number;
}

// For a server that takes bulk requests and does not say how large.
const usualLimits: BulkLimits = { maxOperations: 1_000, maxPayloadSize: 1_048_576 };

/** The limits of bulk requests, asked for once; `undefined` where the server has none. */
export async function bulkLimits(session: Session, options: RequestOptions): Promise<BulkLimits | undefined> {
  const { learned, profile } = session;
  if (!profile.bulk) return undefined;
  if (learned.bulk === undefined) {
    await readServiceProviderConfig(session, options).catch((error: unknown) => {
      // Some servers have bulk requests and no document that says so.
      if (!isFailure(error)) throw error;
    });
  }
  const { bulk = usualLimits } = learned;
  if (bulk === false) return undefined;
  return {
    maxOperations: Math.min(bulk.maxOperations, usualLimits.maxOperations),
    maxPayloadSize: Math.min(bulk.maxPayloadSize, usualLimits.maxPayloadSize),
  };
}
