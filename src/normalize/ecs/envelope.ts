import type { Draft } from './draft.js';
import type { Place } from './walk.js';

const principal: Place = (key, value, draft) => (key === 'id' ? draft.organization(value) : 'kept');

/** Whoever acts for somebody names that person within, who then counts as the user. */
const actor: Place = (key, value, draft) => {
  switch (key) {
    case 'user_id':
    case 'provider_user_id':
      return draft.user(value);
    case 'user_email':
      return draft.email(value);
    case 'agent_runtime':
    case 'delegator':
      return actor;
    default:
      return 'kept';
  }
};

/** Where an address seems to be: of the Compliance Logs Platform and of the API Platform. */
const location: Place = (key, value, draft) => {
  switch (key) {
    case 'asn':
      return networkOf(value, draft);
    case 'country':
      return typeof value === 'string' && /^[a-z]{2}$/i.test(value) ? geo('country_iso_code', value, draft) : 'kept';
    case 'region':
      return geo('region_name', value, draft);
    case 'region_code':
      return geo('region_iso_code', value, draft);
    case 'city':
      return geo('city_name', value, draft);
    default:
      return 'kept';
  }
};

/** The same, of which the point has its field. */
const locatedPoint: Place = (key, value, draft) =>
  key === 'latitude' || key === 'longitude' ? 'taken' : location(key, value, draft);

function geo(
  field: 'country_iso_code' | 'region_name' | 'region_iso_code' | 'city_name',
  value: unknown,
  draft: Draft,
): 'taken' | 'kept' {
  if (typeof value !== 'string') return 'kept';
  draft.document.source ??= {};
  draft.document.source.geo ??= {};
  if (draft.document.source.geo[field] !== undefined) return 'kept';
  draft.document.source.geo[field] = value;
  return 'taken';
}

/** The number of a network, from `15502`, `"15502"` or `"AS15502"`. */
function networkOf(value: unknown, draft: Draft): 'taken' | 'kept' {
  const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(String(value)) ?? [];
  if (digits === undefined || draft.document.source?.as !== undefined) return 'kept';
  draft.document.source ??= {};
  draft.document.source.as = { number: Number(digits) };
  return 'taken';
}

/** Gives the details of an address their fields. A point needs both its numbers, so they are read before. */
export function locate(value: unknown, draft: Draft): Place {
  if (typeof value === 'object' && value !== null && draft.document.source?.geo?.location === undefined) {
    const lat = degrees(Reflect.get(value, 'latitude'), 90);
    const lon = degrees(Reflect.get(value, 'longitude'), 180);
    if (lat !== undefined && lon !== undefined) {
      draft.document.source ??= {};
      draft.document.source.geo ??= {};
      draft.document.source.geo.location = { lat, lon };
      return locatedPoint;
    }
  }
  return location;
}

function degrees(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= most ? number : undefined;
}

const requestMetadata: Place = (key, value, draft) => {
  switch (key) {
    case 'client_ip':
      return draft.ip(value);
    case 'client_ip_details':
      return locate(value, draft);
    case 'client_user_agent':
      return draft.userAgent(value);
    case 'client_ja3':
      return draft.ja3(value);
    case 'destination_hostname': {
      if (typeof value !== 'string' || draft.document.destination !== undefined) return 'kept';
      draft.document.destination = { domain: value };
      draft.host(value);
      return 'taken';
    }
    default:
      return 'kept';
  }
};

/** What all records of the Compliance Logs Platform have, and where it may stand beside. */
export const envelope: Place = (key, value, draft) => {
  switch (key) {
    case 'event_id':
      return draft.id(value);
    case 'timestamp':
      return draft.time(value);
    case 'principal':
      return principal;
    case 'actor':
      return actor;
    case 'request_metadata':
      return requestMetadata;
    default:
      return 'kept';
  }
};
