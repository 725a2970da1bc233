// The three forms a recipient must accept, RFC 9110 §5.6.7.
const imfFixdate = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\S{8}) GMT$/;
const rfc850 = /^[A-Z][a-z]{2,5}day, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\S{8}) GMT$/;
const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\S{8}) (\d{4})$/;

/**
 * Reads an HTTP date strictly, but for the name of the day (RFC 9110 §5.6.7).
 *
 * @returns Milliseconds since the epoch, or `undefined` for anything else.
 */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  const date = text
    .replace(
      asctime,
      (_, month, day: string, time, year) => `Day, ${day.replace(' ', '0')} ${month} ${year} ${time} GMT`,
    )
    .replace(
      rfc850,
      (_, day, month, year, time) => `Day, ${day} ${month} ${fullYear(Number(year), nowMs)} ${time} GMT`,
    );
  const ms = imfFixdate.test(date) ? Date.parse(date.slice(5)) : Number.NaN;
  // What does not come back the same, such as 31 February, is no date.
  return !Number.isNaN(ms) && new Date(ms).toUTCString().slice(5) === date.slice(5) ? ms : undefined;
}

/** A two-digit year more than 50 years ahead lies in the past. */
function fullYear(year: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const sameCentury = year + thisYear - (thisYear % 100);
  return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
}
