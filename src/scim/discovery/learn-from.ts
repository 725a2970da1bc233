import type { Learned } from '../profile/learned.js';
import type { ServiceProviderConfig } from '../schemas/service-provider-config.js';

/** Takes note of what a server says it can do, field by field: one that is missing says nothing of the others. */
export function learnFrom({ patch, bulk, filter, pagination }: ServiceProviderConfig, learned: Learned): void {
  if (patch?.supported === false) learned.patch = false;
  if (filter?.supported === false) learned.filter = false;
  const maxCount = Math.min(limit(filter?.maxResults), limit(pagination?.maxPageSize), learned.maxCount ?? Infinity);
  if (maxCount < Infinity) learned.maxCount = maxCount;
  if (bulk?.supported === false) learned.bulk = false;
  if (bulk?.supported === true) {
    learned.bulk ??= { maxOperations: limit(bulk.maxOperations), maxPayloadSize: limit(bulk.maxPayloadSize) };
  }
  if (pagination?.cursor === true) {
    learned.cursors = pagination.index === false || pagination.defaultPaginationMethod === 'cursor';
  }
}

function limit(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : Infinity;
}
