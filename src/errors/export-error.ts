import { type ExportErrorCode, SdkError } from './sdk-error.js';

const remedies: Readonly<Record<ExportErrorCode, string>> = {
  lease_lost:
    'Nothing is lost: another process has taken over and goes on from what was written last. If none was meant to, raise `leaseMs`.',
  unknown_schema: 'Update the library to the version that made the tables, or give this one another place.',
  store_damaged:
    'Restore what is missing from a backup; or empty the store, checkpoint included, and export again what the service still keeps (30 days).',
  store_failed:
    'Look at the store: is it reachable, is there room, may this program write? Then start again: it goes on where it stopped.',
};

/**
 * Events cannot be written to a store. What was written before stays, with the checkpoint that belongs to it: starting again
 * goes on behind it.
 */
export class ExportError extends SdkError<ExportErrorCode> {
  override readonly name = 'ExportError';
  /** With `store_failed`, the code that the driver or the system gave, such as `ENOSPC` or `57P01`; where it gave one. */
  declare readonly storeCode?: string;

  /** @hidden */
  constructor(code: ExportErrorCode, message: string, facts: { readonly storeCode?: string | undefined } = {}) {
    super(code, message, { remedy: remedies[code] });
    if (facts.storeCode !== undefined) this.storeCode = facts.storeCode;
  }
}

// Such as ENOSPC, SQLITE_FULL, 57P01. Longer ones, or with other letters, may be anything.
const codeForm = /^[A-Z\d_]{1,40}$/;

/**
 * What a driver threw, as an error that can be printed: its own message and details may hold the rows. One of this library's
 * passes as it is.
 *
 * @internal
 */
export function storeFailed(what: string, failure: unknown): SdkError {
  if (failure instanceof SdkError) return failure;
  const storeCode = codeOf(failure);
  const because = storeCode === undefined ? '' : ` (${storeCode})`;
  return new ExportError('store_failed', `${what} failed${because}.`, { storeCode });
}

function codeOf(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  const { code, errcode, errno } = failure as Readonly<Record<string, unknown>>;
  for (const said of [code, errcode, errno]) {
    if (typeof said === 'string' && codeForm.test(said)) return said;
    if (typeof said === 'number' && Number.isSafeInteger(said)) return String(said);
  }
  return undefined;
}
