/** Words by which OpenAI's lists lead on. */
const leads = ['cursor', 'next_cursor', 'next_page', 'next'] as const;
const totals = ['total', 'total_count', 'totalResults', 'total_results'] as const;
type Envelope = Readonly<Record<string, unknown>>;

/**
 * Whether so many rows may be a page behind which there are more, where nothing is said of it: as many as were asked for, or a
 * round number, as servers choose their own sizes.
 */
export function mayBeFull(rows: number, limit: number | undefined): boolean {
  return rows > 0 && (limit === undefined || rows >= limit || rows % 5 === 0);
}

/** Whether an answer that says that nothing follows names a way on all the same. */
export function leadsOn(envelope: Envelope): boolean {
  return leads.some((name) => isSaid(own(envelope, name)));
}

/** How many rows there are in all, where the answer says so. */
export function totalOf(envelope: Envelope): number | undefined {
  const said = totals
    .map((name) => own(envelope, name))
    .filter((value) => typeof value === 'number' || isDigits(value));
  return said.length === 0 ? undefined : Math.max(...said.map(Number));
}

/** Whether an answer that was sent as a success says that it is a failure, whatever rows it has beside that. */
export function saysFailure(envelope: Envelope): boolean {
  const error = own(envelope, 'error');
  return (isSaid(error) && error !== false) || own(envelope, 'object') === 'error';
}

/** Whether a word says anything. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isDigits(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,15}$/.test(value);
}

function own(envelope: Envelope, name: string): unknown {
  return Object.hasOwn(envelope, name) ? envelope[name] : undefined;
}
