import { isRecord } from '../../internal/json.js';
import { add, type Left, type Sieve } from '../sensitive.js';
import type { Finds } from './finds.js';
import { isIpAddress } from './formats.js';
import type { Frame } from './frame.js';
import type { OcsfLocation } from './objects.js';
import type { Tree } from './plan.js';

type Values = Readonly<Record<string, unknown>>;
type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** What else is looked for there. */
interface Other {
  readonly finds: Finds;
  readonly tree: Tree;
}

/** Finds where a request came from, as far as the class of the event has a place for it, by the names that either log has for it. */
export function readRequest(values: Values, frame: Frame, path: string, other?: Other): Left {
  const { sieve } = frame;
  const { hasRequest, hasDestination } = frame.plan;
  const address = values.client_ip ?? values.ip_address;
  if (hasRequest && typeof address === 'string' && isIpAddress(address)) frame.ip = address;
  let left: Left;
  for (const field in values) {
    const value = values[field];
    switch (field) {
      case 'client_ip':
      case 'ip_address':
        if (value !== frame.ip) break;
        continue;
      case 'client_ip_details':
      case 'ip_address_details': {
        // Only with the address.
        if (frame.ip === undefined || !isRecord(value)) break;
        const rest = readLocation(sieve.own(value), frame, path, field);
        if (rest !== undefined) {
          left ??= {};
          left[field] = rest;
        }
        continue;
      }
      case 'client_user_agent':
      case 'user_agent':
        if (!(hasRequest && sieve.tells(value)) || frame.agent !== undefined) break;
        frame.agent = value;
        continue;
      case 'destination_hostname':
        if (!(hasDestination && sieve.tells(value))) break;
        frame.hostname = value;
        continue;
      case 'client_ja3':
        if (!sieve.tells(value)) break;
        left ??= {};
        left.client_ja3 = value;
        continue;
      case 'client_ja4':
        if (!sieve.tells(value)) break;
        left ??= {};
        left.client_ja4 = value;
        continue;
    }
    left =
      other === undefined
        ? add(left, field, sieve.sift(value, field, path))
        : other.finds.give(left, field, value, other.tree, path);
  }
  return left;
}

function readLocation(values: Values, frame: Frame, path: string, name: string): Left {
  const { sieve } = frame;
  const city = told(values.city, sieve);
  const country = told(values.country, sieve);
  // The schema asks for the code.
  const code = told(values.region_code, sieve);
  const region = code ?? told(values.region, sieve);
  const isNamed = city !== undefined || country !== undefined || region !== undefined;
  const lat = isNamed ? decimal(values.latitude) : undefined;
  const long = isNamed ? decimal(values.longitude) : undefined;
  if (isNamed) frame.location = locationOf(city, country, region, lat, long);
  frame.network = integer(values.asn);
  let left: Left;
  for (const field in values) {
    const value = values[field];
    switch (field) {
      case 'city':
        if (city !== undefined) continue;
        break;
      case 'country':
        if (country !== undefined) continue;
        break;
      case 'region_code':
        if (code !== undefined) continue;
        break;
      case 'region':
        if (code === undefined && region !== undefined) continue;
        if (!sieve.tells(value)) break;
        left ??= {};
        left.region = value;
        continue;
      case 'latitude':
        if (lat !== undefined) continue;
        break;
      case 'longitude':
        if (long !== undefined) continue;
        break;
      case 'asn':
        if (frame.network !== undefined) continue;
    }
    left = add(left, field, sieve.sift(value, field, `${path}.${name}`));
  }
  return left;
}

function told(value: unknown, sieve: Sieve): string | undefined {
  return sieve.tells(value) ? value : undefined;
}

function locationOf(
  city: string | undefined,
  country: string | undefined,
  region: string | undefined,
  lat: number | undefined,
  long: number | undefined,
): OcsfLocation {
  const location: Draft<OcsfLocation> = {};
  if (city !== undefined) location.city = city;
  if (country !== undefined) location.country = country;
  if (region !== undefined) location.region = region;
  if (lat !== undefined) location.lat = lat;
  if (long !== undefined) location.long = long;
  return location;
}

/** A whole number, also one that is written as text. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^(?:0|[1-9]\d*)$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

/** A number with a fraction, also one that is written as text. */
function decimal(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,3}(?:\.\d{1,12})?$/.test(value) ? Number(value) : value;
  return Number.isFinite(number) ? (number as number) : undefined;
}
