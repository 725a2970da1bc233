import type { Fields, RecordPart } from '../record-part.js';
import { isIpAddress } from './formats.js';
import { type Frame, nobody, userOf } from './frame.js';
import type { OcsfEndpoint, OcsfHttpRequest, OcsfLocation, OcsfMetadata, OcsfNamed, OcsfUser } from './objects.js';
import type { Person, Thing } from './rule.js';

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** A record while it is read: where its data stands, and what is the same whatever becomes of it. */
export class Reading {
  readonly record: RecordPart;
  readonly frame: Frame;
  /** What depends on the action: a part of the record, or all of it. */
  readonly data: RecordPart;
  /** What happened, by the name it has in the record. */
  readonly code: string | undefined;

  constructor(record: RecordPart, frame: Frame, data: RecordPart, code: string | undefined) {
    this.record = record;
    this.frame = frame;
    this.data = data;
    this.code = code;
  }

  /** What it is called where a name is demanded. */
  get operation(): string {
    return this.code ?? this.frame.logName ?? 'unknown';
  }

  /** Of one of several events. */
  metadata(index: number, count: number): OcsfMetadata {
    const { product, logName, id, originalTime, tenant } = this.frame;
    const metadata: Draft<OcsfMetadata> = { version: '1.5.0', product: { name: product, vendor_name: 'OpenAI' } };
    if (id !== undefined) {
      metadata.uid = count === 1 ? id : `${id}:${index}`;
      if (count > 1) metadata.correlation_uid = id;
    }
    if (logName !== undefined) metadata.log_name = logName;
    if (this.code !== undefined) metadata.event_code = this.code;
    if (originalTime !== undefined) metadata.original_time = originalTime;
    if (tenant !== undefined) metadata.tenant_uid = tenant;
    return metadata;
  }

  /** Each person that the data names, or the actor; one that is not known where it names none. */
  people(person: Person | 'actor'): readonly OcsfUser[] {
    if (person === 'actor') return [this.frame.actor?.user ?? nobody];
    const of = person.type === undefined ? undefined : ({ type_id: 99, type: person.type } as const);
    const credential_uid = this.data.text(person.credential);
    const key = credential_uid === undefined ? of : { ...of, credential_uid };
    const users = this.#named(person);
    return key === undefined ? users : users.map((user) => ({ ...user, ...key }));
  }

  #named({ id, email }: Person): readonly OcsfUser[] {
    const ids = this.data.texts(id);
    // As many as there are, also where they may not be told: what is included changes no number of events.
    if (typeof ids === 'number') return ids === 0 ? this.#addressed(email) : nobodies(ids);
    if (ids.length > 1) return ids.map((uid) => userOf(uid, undefined));
    return [userOf(ids[0], this.data.email(email))];
  }

  #addressed(fields: Fields | undefined): readonly OcsfUser[] {
    const emails = this.data.emails(fields);
    if (typeof emails === 'number') return nobodies(emails);
    return emails.map((email) => userOf(undefined, email));
  }

  /** A thing by its id and its name, as far as the data has them. */
  named(thing: Thing, data = this.data): Draft<OcsfNamed> | undefined {
    const uid = data.text(thing[1]);
    const name = data.text(thing[2]);
    if (uid === undefined) return name === undefined ? undefined : { name };
    return name === undefined ? { uid } : { uid, name };
  }

  /** Where the request came from, as far as it is known: never an address that nobody has seen. */
  source(): OcsfEndpoint | undefined {
    const { request, address, place, clientFields } = this.frame;
    const client = this.frame.client ?? this.record.text(clientFields);
    const endpoint: Draft<OcsfEndpoint> = {};
    if (client !== undefined) endpoint.name = client;
    const ip = request.peek(address);
    // Where an address is, only with the address.
    if (typeof ip === 'string' && isIpAddress(ip)) {
      const taken = request.own(address);
      if (taken !== undefined) endpoint.ip = taken;
      const details = request.part(place);
      const location = locationOf(details);
      if (location !== undefined) endpoint.location = location;
      const number = details.integer('asn');
      if (number !== undefined) endpoint.autonomous_system = { number };
    }
    return endpoint.ip === undefined && client === undefined ? undefined : endpoint;
  }

  destination(): OcsfEndpoint | undefined {
    const hostname = this.frame.request.own('destination_hostname');
    return hostname === undefined ? undefined : { hostname };
  }

  http(): OcsfHttpRequest | undefined {
    const user_agent = this.frame.request.own(this.frame.agent);
    return user_agent === undefined ? undefined : { user_agent };
  }
}

function nobodies(count: number): readonly OcsfUser[] {
  return count < 2 ? [nobody] : new Array<OcsfUser>(count).fill(nobody);
}

function locationOf(details: RecordPart): OcsfLocation | undefined {
  const city = details.own('city');
  const country = details.own('country');
  // The schema asks for the code.
  const region = details.own('region_code') ?? details.own('region');
  if (city === undefined && country === undefined && region === undefined) return undefined;
  const location: Draft<OcsfLocation> = {};
  if (city !== undefined) location.city = city;
  if (country !== undefined) location.country = country;
  if (region !== undefined) location.region = region;
  const lat = details.decimal('latitude');
  const long = details.decimal('longitude');
  if (lat !== undefined) location.lat = lat;
  if (long !== undefined) location.long = long;
  return location;
}
