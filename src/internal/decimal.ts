// Money: tenths do not add up in binary.
const pattern = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;
/** No amount is longer, and digits take time. */
const mostDigits = 400;
/** So many digits a double keeps, whichever they are: no two texts of them are one number. */
const digitsOfDouble = 15;
const beyondDigits = 10 ** digitsOfDouble;
const powers = Array.from({ length: digitsOfDouble + 1 }, (_none, exponent) => 10 ** exponent);

/** A decimal number, exactly: `digits` times 10 to the power of `-scale`. */
export interface Decimal {
  /** A number where that is a safe integer: there are millions of small ones, and few of the others. */
  readonly digits: number | bigint;
  readonly scale: number;
}

export const zero: Decimal = { digits: 0, scale: 0 };

/** What a number, or a text, says; `undefined` where it is none. A number counts as the shortest text that means it. */
export function parseDecimal(value: unknown): Decimal | undefined {
  const plain = typeof value === 'number' ? plainDecimal(value) : undefined;
  if (plain !== undefined) return plain;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (text.length > mostDigits) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = pattern.exec(text) ?? [];
  if (sign === undefined || whole === undefined) return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > mostDigits) return undefined;
  return scale < 0 ? decimalOf(digits * 10n ** BigInt(-scale), 0) : decimalOf(digits, scale);
}

export function addDecimals(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  const first = digitsAtScale(one, scale);
  const second = digitsAtScale(other, scale);
  const sum = first === undefined || second === undefined ? undefined : first + second;
  // Beyond, a sum of numbers would be off by one.
  if (sum !== undefined && Number.isSafeInteger(sum)) return { digits: sum, scale };
  return decimalOf(exactAtScale(one, scale) + exactAtScale(other, scale), scale);
}

/** Plain text, without an exponent, and without zeros at the end of a fraction: `12.5`. */
export function formatDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0 ? '-' : '';
  const text = String(digits < 0 ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  const fraction = text.slice(point).replace(/0+$/, '');
  return `${sign}${text.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A number of few digits, which is nearly every amount, without a text being made of it. */
function plainDecimal(value: number): Decimal | undefined {
  if (Number.isSafeInteger(value)) return { digits: value === 0 ? 0 : value, scale: 0 };
  for (let scale = 1; scale <= digitsOfDouble; scale++) {
    const power = powers[scale] ?? 1;
    const digits = Math.round(value * power);
    if (Math.abs(digits) >= beyondDigits) return undefined;
    // The division rounds as reading the text would: what gives the number back is what it says.
    if (digits / power === value) return { digits, scale };
  }
  return undefined;
}

function decimalOf(digits: bigint, scale: number): Decimal {
  const number = Number(digits);
  return { digits: Number.isSafeInteger(number) ? number : digits, scale };
}

/** The digits at a scale that is no smaller, as a number; `undefined` where that would be no safe integer. */
export function digitsAtScale({ digits, scale }: Decimal, wanted: number): number | undefined {
  if (typeof digits !== 'number') return undefined;
  if (scale === wanted) return digits;
  const scaled = digits * (powers[wanted - scale] ?? Number.NaN);
  return Number.isSafeInteger(scaled) ? scaled : undefined;
}

function exactAtScale({ digits, scale }: Decimal, wanted: number): bigint {
  return scale === wanted ? BigInt(digits) : BigInt(digits) * 10n ** BigInt(wanted - scale);
}
