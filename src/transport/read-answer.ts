import type { TransportRequest, TransportResponse } from './options.js';
import type { Transport } from './transport.js';

/** What `read` makes of the answer to a GET. What it throws counts as a failure of the call: repeated where it may pass. */
export async function readAnswer<T>(
  transport: Transport,
  request: Omit<TransportRequest, 'method' | 'check'>,
  read: (response: TransportResponse) => T,
): Promise<T> {
  let result: { readonly value: T } | undefined;
  const check = (response: TransportResponse) => {
    result = { value: read(response) };
  };
  await transport.send({ ...request, method: 'GET', check });
  // No answer is returned unchecked, which the compiler cannot see.
  return (result as unknown as { readonly value: T }).value;
}
