/** A point in time, exact to any number of digits. */
export interface Moment {
  /** Seconds since 1970, UTC. */
  readonly seconds: number;
  /** Digits of the fraction, without zeros at the end. */
  readonly fraction: string;
}

/**
 * Reads an xsd:dateTime, as UTC where it has no zone. By hand, as a regular expression or `Date` is slow, and `Date` also
 * cuts fractions and reads a missing zone as local.
 */
export function parseDateTime(text: string): Moment | undefined {
  const yearEnd = text.indexOf('-', 1);
  // The year has four digits or more; what follows is fixed: -MM-DDThh:mm:ss.
  if (yearEnd < 4 || yearEnd > 7 || text.length < yearEnd + 15 || !isPunctuated(text, yearEnd)) return undefined;
  const isNegative = text.charCodeAt(0) === 0x2d;
  const year = digits(text, isNegative ? 1 : 0, yearEnd) * (isNegative ? -1 : 1);
  const month = digits(text, yearEnd + 1, yearEnd + 3);
  const day = digits(text, yearEnd + 4, yearEnd + 6);
  const hour = digits(text, yearEnd + 7, yearEnd + 9);
  const minute = digits(text, yearEnd + 10, yearEnd + 12);
  const second = digits(text, yearEnd + 13, yearEnd + 15);
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
  const isTime = hour <= 23 ? minute <= 59 && second <= 60 : hour === 24 && minute === 0 && second === 0;
  const fractionEnd = endOfFraction(text, yearEnd + 15);
  const offset = offsetSeconds(text, fractionEnd);
  // A comparison with NaN is false: whatever is not a digit ends here.
  if (!(isDate && isTime && Number.isFinite(year + offset))) return undefined;
  return {
    seconds: daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset,
    fraction: fractionOf(text, yearEnd + 16, fractionEnd),
  };
}

/** Negative when the first is earlier. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  if (a.fraction === b.fraction) return 0;
  return a.fraction < b.fraction ? -1 : 1;
}

function isPunctuated(text: string, yearEnd: number): boolean {
  return (
    text.charCodeAt(yearEnd + 3) === 0x2d &&
    (text.charCodeAt(yearEnd + 6) | 0x20) === 0x74 &&
    text.charCodeAt(yearEnd + 9) === 0x3a &&
    text.charCodeAt(yearEnd + 12) === 0x3a
  );
}

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let position = start; position < end; position += 1) {
    const digit = text.charCodeAt(position) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function endOfFraction(text: string, start: number): number {
  if (text.charCodeAt(start) !== 0x2e) return start;
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
  // A point without digits is left to be refused as a zone.
  return end === start + 1 ? start : end;
}

function fractionOf(text: string, start: number, end: number): string {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) === 0x30) last -= 1;
  return text.slice(start, Math.max(start, last));
}

/** Seconds ahead of UTC; `NaN` where the rest of the text is no zone. */
function offsetSeconds(text: string, start: number): number {
  if (start === text.length) return 0;
  const sign = text.charCodeAt(start);
  if ((sign | 0x20) === 0x7a && start + 1 === text.length) return 0;
  const isOffset = (sign === 0x2b || sign === 0x2d) && start + 6 === text.length && text.charCodeAt(start + 3) === 0x3a;
  if (!isOffset) return Number.NaN;
  const hours = digits(text, start + 1, start + 3);
  const minutes = digits(text, start + 4, start + 6);
  if (!(hours <= 14 && minutes <= 59)) return Number.NaN;
  return (hours * 3600 + minutes * 60) * (sign === 0x2d ? -1 : 1);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Proleptic Gregorian; counts in years that start in March, so that leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

/** Nanoseconds since the epoch: milliseconds would make ties of different times. */
type Instant = bigint;

const nanosecondsPerMs = 1_000_000n;
const nanosecondsPerSecond = 1_000_000_000n;

/** The years 0 to 9999, which have four digits and no sign. */
const earliest = -62_167_219_200n * nanosecondsPerSecond;
const latest = 253_402_300_800n * nanosecondsPerSecond - 1n;
const isoDateTime =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,](\d+))?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?)?$/;

/** Reads an ISO 8601 date or date-time of the years 0 to 9999; as UTC where it has no zone, as the service does. */
export function readInstant(text: string): Instant | undefined {
  const moment = parseDateTime(text) ?? parseDateTime(toXsdDateTime(text));
  if (moment === undefined) return undefined;
  const { seconds, fraction } = moment;
  const instant = BigInt(seconds) * nanosecondsPerSecond + BigInt(fraction.padEnd(9, '0').slice(0, 9));
  return instant < earliest || instant > latest ? undefined : instant;
}

/**
 * Whether it is a time as nearly all are written: UTC with a `T`, a `Z`, and milliseconds or microseconds. Such is good as it
 * stands, and need not be read as an instant.
 */
export function isUsualTime(text: string): boolean {
  return usualTime.test(text) && (isInEveryMonth(text) || parseDateTime(text) !== undefined);
}

/** Of such a time: milliseconds since 1970. What is finer is cut off. */
export function msOfUsualTime(text: string): number {
  const days = daysSince1970(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  const seconds = twoDigits(text, 11) * 3600 + twoDigits(text, 14) * 60 + twoDigits(text, 17);
  return (days * 86_400 + seconds) * 1000 + twoDigits(text, 20) * 10 + (text.charCodeAt(22) - 0x30);
}

/** Which are known to be digits. */
function twoDigits(text: string, position: number): number {
  return (text.charCodeAt(position) - 0x30) * 10 + (text.charCodeAt(position + 1) - 0x30);
}

const usualTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}(?:\d{3})?Z$/;

/** Of a day with two digits: whether there is no month without it. */
function isInEveryMonth(text: string): boolean {
  return text.charCodeAt(8) < 0x32 || (text.charCodeAt(8) === 0x32 && text.charCodeAt(9) < 0x39);
}

function toXsdDateTime(text: string): string {
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction, zone, zoneMinutes = '00'] =
    isoDateTime.exec(text) ?? [];
  const offset = zone === undefined ? '' : `${zone}:${zoneMinutes}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${offset}`;
}

/** For text that was checked before. */
export function instantOf(text: string): Instant {
  return readInstant(text) ?? 0n;
}

export function instantOfMs(ms: number): Instant {
  return BigInt(Math.floor(ms)) * nanosecondsPerMs;
}

export function msOf(instant: Instant): number {
  return Number(instant / nanosecondsPerMs);
}

/** With microseconds, as the service writes it; what is out of range as the first or the last that is not. */
export function formatInstant(instant: Instant): string {
  const bounded = instant < earliest ? earliest : instant > latest ? latest : instant;
  const sinceFirst = bounded - earliest;
  const fraction = sinceFirst % nanosecondsPerSecond;
  const seconds = new Date(msOf(bounded - fraction)).toISOString().slice(0, 19);
  return `${seconds}.${(fraction / 1000n).toString().padStart(6, '0')}Z`;
}

/** Negative when the first is earlier; an unreadable one comes first. */
export function compareDateTimes(one: string, other: string): number {
  // In the same format, as nearly all are, they sort as text.
  const isAlike = one.length === other.length && one.endsWith('Z') && other.endsWith('Z');
  const [first, second] = isAlike ? [one, other] : [instantOf(one), instantOf(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

// The three forms a recipient must accept, RFC 9110 §5.6.7.
const imfFixdate = /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\S{8}) GMT$/;
const rfc850 = /^[A-Z][a-z]{2,5}day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\S{8}) GMT$/;
const asctime = /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\S{8}) (?<year>\d{4})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads an HTTP date (RFC 9110 §5.6.7) strictly, except the name of the day, as milliseconds since the epoch. */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  const match = imfFixdate.exec(text) ?? rfc850.exec(text) ?? asctime.exec(text);
  if (match?.groups === undefined) return undefined;
  const { day = '', month = '', year = '', time } = match.groups;
  const fullYear = year.length === 2 ? nearestYear(Number(year), nowMs) : year;
  const monthNumber = String(months.indexOf(month) + 1).padStart(2, '0');
  const moment = parseDateTime(`${fullYear}-${monthNumber}-${day.replace(' ', '0')}T${time}Z`);
  return moment && moment.seconds * 1_000;
}

/** A two-digit year more than 50 years ahead is in the past. */
function nearestYear(year: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const sameCentury = year + thisYear - (thisYear % 100);
  return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
}
