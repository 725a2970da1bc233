/** A decimal number as it was written, which a sum does not let drift: 0.1 and 0.2 are 0.3. */
export interface Decimal {
  readonly units: bigint;
  /** Places behind the point. */
  readonly scale: number;
}

const zero: Decimal = { units: 0n, scale: 0 };

/** Reads a number, or a text that is one; `undefined` for anything else, as for what is absent. */
export function readDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = /^(-?\d{1,40})(?:\.(\d{1,40}))?(?:e([+-]?\d{1,3}))?$/i.exec(String(value));
  if (match === null) return undefined;
  const [, whole = '', places = '', exponent = '0'] = match;
  return scaledTo({ units: BigInt(whole + places), scale: places.length - Number(exponent) }, 0);
}

/** The sum of what is there; `undefined` where nothing is: what nobody states is not zero. */
export function sumOf(values: readonly (Decimal | undefined)[]): Decimal | undefined {
  return values.reduce((sum, value) => (value === undefined ? sum : add(sum ?? zero, value)), undefined);
}

/** With as many places as are needed, and at least so many. */
export function formatDecimal(value: Decimal, leastPlaces = 0): string {
  const { units, scale } = scaledTo(value, leastPlaces);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const places = digits.slice(point).replace(new RegExp(`(?<=.{${leastPlaces}})0+$`), '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, point)}${places === '' ? '' : `.${places}`}`;
}

function add(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { units: scaledTo(one, scale).units + scaledTo(other, scale).units, scale };
}

/** The same number with at least so many places. */
function scaledTo({ units, scale }: Decimal, least: number): Decimal {
  return scale >= least ? { units, scale } : { units: units * 10n ** BigInt(least - scale), scale: least };
}
