import { isRecord } from '../../internal/json.js';
import { add, type Left, pathOf } from '../sensitive.js';
import type { EcsSource } from './document.js';
import type { Draft } from './draft.js';
import { give, keep, type Part, type Places, restOfPart } from './walk.js';

// What stands in every record is read in loops of its own: a walk that asks for the place of each name takes twice as long.

const principal: Part = {
  rest(values, draft, path) {
    let left: Left;
    for (const key in values) {
      const value = values[key];
      if (key === 'id' && draft.tells(value) && draft.organization(value) === 'taken') continue;
      if (key === 'type' && draft.tells(value)) {
        left ??= {};
        left.type = value;
        continue;
      }
      left = keep(left, key, value, draft, path);
    }
    return left;
  },
};

/** Whoever acts for somebody names that person within, who then counts as the user. */
const actor: Part = {
  rest(values, draft, path) {
    let left: Left;
    for (const key in values) {
      const value = values[key];
      if (value === null || value === undefined || value === '') continue;
      switch (key) {
        case 'type':
          if (!draft.tells(value)) break;
          left ??= {};
          left.type = value;
          continue;
        case 'user_id':
        case 'provider_user_id':
          if (draft.tells(value) && draft.user(value) === 'taken') continue;
          break;
        case 'user_email': {
          if (!draft.tellsEmails) {
            draft.omit(pathOf(path, key));
            continue;
          }
          const found = draft.email(value);
          if (found === 'taken') continue;
          if (found === 'email') draft.related(value);
          break;
        }
        case 'agent_runtime':
        case 'delegator':
          left = add(left, key, restOfPart(key, value, actor, draft, path));
          continue;
      }
      left = keep(left, key, value, draft, path);
    }
    return left;
  },
};

/** Where an address seems to be: of the Compliance Logs Platform and of the API Platform. */
export const location: Part = {
  rest(values, draft, path) {
    const source: EcsSource = draft.document.source ?? {};
    const geo: NonNullable<EcsSource['geo']> = source.geo ?? {};
    // It needs both its numbers, so they are read before.
    const point = geo.location === undefined ? pointOf(values.latitude, values.longitude) : undefined;
    let left: Left;
    for (const key in values) {
      const value = values[key];
      switch (key) {
        case 'latitude':
        case 'longitude':
          if (point !== undefined) continue;
          break;
        case 'country':
          if (geo.country_iso_code !== undefined || typeof value !== 'string' || !/^[a-z]{2}$/i.test(value)) break;
          geo.country_iso_code = value;
          continue;
        case 'region':
          if (geo.region_name !== undefined || !draft.tells(value)) break;
          geo.region_name = value;
          continue;
        case 'region_code':
          if (geo.region_iso_code !== undefined || !draft.tells(value)) break;
          geo.region_iso_code = value;
          continue;
        case 'city':
          if (geo.city_name !== undefined || !draft.tells(value)) break;
          geo.city_name = value;
          continue;
        case 'asn': {
          const number = networkOf(value);
          if (number === undefined || source.as !== undefined) break;
          source.as = { number };
          continue;
        }
      }
      left = keep(left, key, value, draft, path);
    }
    if (point !== undefined) geo.location = point;
    if (source.geo === undefined && !isEmpty(geo)) source.geo = geo;
    if (draft.document.source === undefined && !isEmpty(source)) draft.document.source = source;
    return left;
  },
};

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/** The number of a network, from `15502`, `"15502"` or `"AS15502"`. */
function networkOf(value: unknown): number | undefined {
  const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(String(value)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function pointOf(latitude: unknown, longitude: unknown): { lat: number; lon: number } | undefined {
  const lat = degrees(latitude, 90);
  const lon = degrees(longitude, 180);
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

function degrees(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  // A text that is blank is no number, though it counts as one.
  const isBlank = number === 0 && typeof value === 'string' && value.trim() === '';
  return typeof number === 'number' && Math.abs(number) <= most && !isBlank ? number : undefined;
}

const requestMetadata: Part = {
  rest(values, draft, path) {
    let left: Left;
    for (const key in values) {
      const value = values[key];
      if (value === null || value === undefined || value === '') continue;
      switch (key) {
        case 'client_ip':
          if (draft.ip(value) === 'taken') continue;
          break;
        case 'client_ip_details':
          left = add(left, key, restOfPart(key, value, location, draft, path));
          continue;
        case 'client_user_agent':
          if (draft.tells(value) && draft.userAgent(value) === 'taken') continue;
          break;
        case 'client_ja3':
          if (draft.tells(value) && draft.ja3(value) === 'taken') continue;
          break;
        case 'client_ja4':
          if (!draft.tells(value)) break;
          left ??= {};
          left.client_ja4 = value;
          continue;
        case 'destination_hostname':
          if (!draft.tells(value) || draft.document.destination !== undefined) break;
          draft.document.destination = { domain: value };
          draft.host(value);
          continue;
      }
      left = keep(left, key, value, draft, path);
    }
    return left;
  },
};

/** What of a record of the Compliance Logs Platform found no place, neither among what all have nor in its stream's. */
export function restOfRecord(record: Readonly<Record<string, unknown>>, places: Places, draft: Draft): Left {
  let left: Left;
  for (const key in record) {
    const value = record[key];
    if (value === null || value === undefined || value === '') continue;
    switch (key) {
      case 'event_id':
        if (draft.tells(value) && draft.id(value) === 'taken') continue;
        break;
      case 'timestamp':
        if (draft.time(value) === 'taken') continue;
        break;
      case 'type':
        if (!draft.tells(value)) break;
        left ??= {};
        left.type = value;
        continue;
      case 'principal': {
        const rest = isRecord(value)
          ? principal.rest(draft.sieve.own(value), draft, key)
          : restOfPart(key, value, principal, draft);
        if (rest !== undefined) {
          left ??= {};
          left.principal = rest;
        }
        continue;
      }
      case 'actor': {
        const rest = isRecord(value)
          ? actor.rest(draft.sieve.own(value), draft, key)
          : restOfPart(key, value, actor, draft);
        if (rest !== undefined) {
          left ??= {};
          left.actor = rest;
        }
        continue;
      }
      case 'request_metadata': {
        const rest = isRecord(value)
          ? requestMetadata.rest(draft.sieve.own(value), draft, key)
          : restOfPart(key, value, requestMetadata, draft);
        if (rest !== undefined) {
          left ??= {};
          left.request_metadata = rest;
        }
        continue;
      }
      default:
        left = give(left, key, value, places, draft);
        continue;
    }
    left = keep(left, key, value, draft);
  }
  return left;
}
