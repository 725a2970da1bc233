import { isRecord } from '../../internal/json.js';
import { nobody, userOf } from './actor.js';
import { type Finds, namedBy } from './finds.js';
import type { Frame } from './frame.js';
import type { OcsfEndpoint, OcsfHttpRequest, OcsfMetadata, OcsfNamed, OcsfUser } from './objects.js';
import type { Fields, Person, Thing } from './rule.js';

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** A record that was read: what was found in it, and what is the same whatever becomes of it. */
export class Reading {
  readonly frame: Frame;
  /** What depends on the action, as it stands in the record: a part of it, or all of it. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What of that there is a place for. */
  readonly finds: Finds;
  /** What happened, by the name it has in the record. */
  readonly code: string | undefined;

  constructor(frame: Frame, data: Readonly<Record<string, unknown>>, finds: Finds, code: string | undefined) {
    this.frame = frame;
    this.data = data;
    this.finds = finds;
    this.code = code;
  }

  /** What it is called where a name is demanded. */
  get operation(): string {
    return this.code ?? this.frame.logName ?? 'unknown';
  }

  /** An object in the data, which stays; an empty one where there is none. */
  partOf(field: string): Readonly<Record<string, unknown>> {
    const part = this.data[field];
    return isRecord(part) ? this.frame.sieve.own(part) : {};
  }

  /** Of one of several events. */
  metadata(index: number, count: number): OcsfMetadata {
    const { product, logName, id, originalTime, tenant } = this.frame;
    const { code } = this;
    // Nearly all have all of these, and what is written at once is written more quickly.
    if (count === 1 && id !== undefined && logName !== undefined && code !== undefined && originalTime !== undefined) {
      if (tenant !== undefined) {
        return {
          version: '1.5.0',
          product: { name: product, vendor_name: 'OpenAI' },
          uid: id,
          log_name: logName,
          event_code: code,
          original_time: originalTime,
          tenant_uid: tenant,
        };
      }
    }
    const metadata: Draft<OcsfMetadata> = { version: '1.5.0', product: { name: product, vendor_name: 'OpenAI' } };
    if (id !== undefined) {
      metadata.uid = count === 1 ? id : `${id}:${index}`;
      if (count > 1) metadata.correlation_uid = id;
    }
    if (logName !== undefined) metadata.log_name = logName;
    if (code !== undefined) metadata.event_code = code;
    if (originalTime !== undefined) metadata.original_time = originalTime;
    if (tenant !== undefined) metadata.tenant_uid = tenant;
    return metadata;
  }

  /** Each person that the data names, or the actor; one that is not known where it names none. */
  people(person: Person | 'actor'): readonly OcsfUser[] {
    if (person === 'actor') return [this.frame.actor?.user ?? nobody];
    const of = person.type === undefined ? undefined : ({ type_id: 99, type: person.type } as const);
    const credential_uid = this.finds.text(person.credential);
    const key = credential_uid === undefined ? of : { ...of, credential_uid };
    const users = this.#named(person);
    return key === undefined ? users : users.map((user) => ({ ...user, ...key }));
  }

  #named({ id, email }: Person): readonly OcsfUser[] {
    const ids = this.finds.texts(id);
    // As many as there are, also where they may not be told: what is included changes no number of events.
    if (typeof ids === 'number') return ids === 0 ? this.#addressed(email) : nobodies(ids);
    if (ids.length > 1) return ids.map((uid) => userOf(uid, undefined));
    return [userOf(ids[0], this.finds.email(email))];
  }

  #addressed(fields: Fields | undefined): readonly OcsfUser[] {
    const emails = this.finds.emails(fields);
    if (typeof emails === 'number') return nobodies(emails);
    return emails.map((email) => userOf(undefined, email));
  }

  /** A thing by its id and its name, as far as the data has them. */
  named(thing: Thing): OcsfNamed | undefined {
    return namedBy(this.finds.text(thing[1]), this.finds.text(thing[2]));
  }

  /** Where the request came from, as far as it is known: never an address that nobody has seen. */
  source(): OcsfEndpoint | undefined {
    const { client, ip, location, network } = this.frame;
    if (client === undefined && ip === undefined) return undefined;
    const endpoint: Draft<OcsfEndpoint> = {};
    if (client !== undefined) endpoint.name = client;
    if (ip !== undefined) endpoint.ip = ip;
    if (location !== undefined) endpoint.location = location;
    if (network !== undefined) endpoint.autonomous_system = { number: network };
    return endpoint;
  }

  destination(): OcsfEndpoint | undefined {
    const { hostname } = this.frame;
    return hostname === undefined ? undefined : { hostname };
  }

  http(): OcsfHttpRequest | undefined {
    const { agent } = this.frame;
    return agent === undefined ? undefined : { user_agent: agent };
  }
}

function nobodies(count: number): readonly OcsfUser[] {
  return count < 2 ? [nobody] : new Array<OcsfUser>(count).fill(nobody);
}
