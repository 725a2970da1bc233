// For the careful peer of ECS: what all records have, by hand.
import { type Json, partOf, textOf, told, toldValue } from './what-may-be-told.ts';

export interface Made {
  readonly document: Json;
  readonly event: Json;
  readonly users: string[];
  readonly omitted: string[];
  /** What of the record is left, by its fields. */
  readonly vendor: Json;
}

const time = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3,6}Z$/;

export function begin(record: Json, stream: string): Made {
  const { event_id, timestamp, principal, actor, ...others } = record;
  const omitted: string[] = [];
  const users: string[] = [];
  const document: Json = { ecs: { version: '9.4.0' } };
  const event: Json = {
    kind: 'event',
    module: 'openai_chatgpt_enterprise',
    dataset: `openai_chatgpt_enterprise.${stream}`,
  };
  document.event = event;
  document.gen_ai = { system: 'openai' };
  const id = textOf(event_id);
  if (id === undefined) others.event_id = event_id;
  else event.id = id;
  if (typeof timestamp === 'string' && time.test(timestamp)) document['@timestamp'] = timestamp;
  else {
    others.timestamp = timestamp;
    event.kind = 'pipeline_error';
    document.error = { message: 'The record has no time that can be read.' };
  }
  const ofPrincipal = partOf(principal);
  if (ofPrincipal === undefined) others.principal = principal;
  else {
    const { id, ...rest } = ofPrincipal;
    const organization = textOf(id);
    if (organization === undefined) rest.id = id;
    else document.organization = { id: organization };
    const left = told(rest, 'principal.', omitted);
    if (left !== undefined) others.principal = left;
  }
  const ofActor = partOf(actor);
  if (ofActor === undefined) others.actor = actor;
  else {
    const { user_id, user_email, ...rest } = ofActor;
    const user = textOf(user_id);
    if (user === undefined) rest.user_id = user_id;
    else {
      document.user = { id: user };
      users.push(user);
    }
    if (user_email !== undefined && user_email !== null && user_email !== '') omitted.push('actor.user_email');
    const left = told(rest, 'actor.', omitted);
    if (left !== undefined) others.actor = left;
  }
  return { document, event, users, omitted, vendor: others };
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

function degrees(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= 180 ? number : undefined;
}

function placeOf(details: Json, omitted: string[]): { geo?: Json; left: Json | undefined } {
  const { country, city, region, region_code, latitude, longitude, ...rest } = details;
  const geo: Json = {};
  const [lat, lon] = [degrees(latitude), degrees(longitude)];
  if (lat !== undefined && lon !== undefined && Math.abs(lat) <= 90) geo.location = { lat, lon };
  else Object.assign(rest, { latitude, longitude });
  if (typeof country === 'string' && /^[a-z]{2}$/i.test(country)) geo.country_iso_code = country;
  else rest.country = country;
  const [inCity, inRegion, code] = [textOf(city), textOf(region), textOf(region_code)];
  if (inCity === undefined) rest.city = city;
  else geo.city_name = inCity;
  if (inRegion === undefined) rest.region = region;
  else geo.region_name = inRegion;
  if (code === undefined) rest.region_code = region_code;
  else geo.region_iso_code = code;
  const left = told(rest, 'request_metadata.client_ip_details.', omitted);
  for (const _ in geo) return { geo, left };
  return { left };
}

export function origin({ document, vendor, omitted }: Made): string | undefined {
  const metadata = partOf(vendor.request_metadata);
  if (metadata === undefined) return undefined;
  const { client_ip, client_ip_details, client_user_agent, client_ja3, destination_hostname, ...rest } = metadata;
  const source: Json = {};
  const ip = typeof client_ip === 'string' && ipv4.test(client_ip) ? client_ip : undefined;
  if (ip === undefined) rest.client_ip = client_ip;
  else source.ip = ip;
  const details = partOf(client_ip_details);
  const place = details === undefined ? undefined : placeOf(details, omitted);
  if (place === undefined) rest.client_ip_details = client_ip_details;
  if (place?.geo !== undefined) source.geo = place.geo;
  if (ip !== undefined || place?.geo !== undefined) document.source = source;
  const agent = textOf(client_user_agent);
  if (agent === undefined) rest.client_user_agent = client_user_agent;
  else document.user_agent = { original: agent };
  const ja3 = textOf(client_ja3);
  if (ja3 === undefined) rest.client_ja3 = client_ja3;
  else document.tls = { client: { ja3 } };
  const host = textOf(destination_hostname);
  if (host === undefined) rest.destination_hostname = destination_hostname;
  else document.destination = { domain: host };
  const left = told(rest, 'request_metadata.', omitted) ?? {};
  if (place?.left !== undefined) left.client_ip_details = place.left;
  vendor.request_metadata = left;
  for (const _ in left) return ip;
  vendor.request_metadata = undefined;
  return ip;
}

/** Fields of a record that were told already, where they are objects. */
const toldBefore = new Set([
  'principal',
  'actor',
  'request_metadata',
  'action_data',
  'message',
  'conversation',
  'event_details',
]);

export function finish({ document, users, omitted, vendor }: Made, stream: string, ip?: string): object {
  let left: Json | undefined;
  for (const key of Object.keys(vendor)) {
    const value = vendor[key];
    if (value === null || value === undefined || value === '') continue;
    const kept = toldBefore.has(key) && typeof value === 'object' ? value : toldValue(key, value, '', omitted);
    if (kept === undefined) continue;
    left ??= {};
    left[key] = kept;
  }
  const destination = document.destination as { readonly domain: string } | undefined;
  if (users.length > 0 || ip !== undefined || destination !== undefined) {
    const related: Json = {};
    if (users.length > 0) related.user = users;
    if (ip !== undefined) related.ip = [ip];
    if (destination !== undefined) related.hosts = [destination.domain];
    document.related = related;
  }
  document.openai_chatgpt_enterprise = {
    ...(left !== undefined && { [stream]: left }),
    ...(omitted.length > 0 && { omitted }),
  };
  return document;
}
