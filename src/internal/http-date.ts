const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const time = String.raw`(?<time>\d\d:\d\d:\d\d)`;

// The three forms a recipient must accept, RFC 9110 §5.6.7.
const forms = [
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${time} GMT`,
  String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) ${time} GMT`,
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${time} (?<year>\d{4})`,
];

/**
 * Reads an HTTP date strictly (RFC 9110 §5.6.7).
 *
 * @returns Milliseconds since the epoch, or `undefined` for anything else.
 */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const form of forms) {
    const parts = new RegExp(`^${form}$`).exec(text)?.groups;
    if (parts === undefined) continue;
    const month = months.indexOf(parts.month as string);
    const day = Number(parts.day);
    const [hour = 0, minute = 0, second = 0] = (parts.time as string).split(':').map(Number);
    if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined;
    let year = Number(parts.year);
    if (parts.year?.length === 2) {
      const thisYear = new Date(nowMs).getUTCFullYear();
      year += thisYear - (thisYear % 100);
      // A two-digit year more than 50 years ahead lies in the past.
      if (year > thisYear + 50) year -= 100;
    }
    const ms = Date.UTC(year, month, day, hour, minute, second);
    return new Date(Date.UTC(year, month, day)).getUTCDate() === day ? ms : undefined;
  }
  return undefined;
}
