import { isUsualTime, msOf, msOfUsualTime, parseDateTime, readInstant } from '../../internal/dates.js';
import type { Fields, RecordPart } from '../record-part.js';
import { isEmailAddress } from './formats.js';
import type { OcsfActor, OcsfUser } from './objects.js';

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** What stands around every record of a log: when, whose, by whom, and where to look for the rest. */
export interface Frame {
  readonly isPlatform: boolean;
  readonly product: string;
  readonly logName: string | undefined;
  readonly id: string | undefined;
  readonly time: number;
  readonly originalTime: string | undefined;
  readonly tenant: string | undefined;
  readonly actor: OcsfActor | undefined;
  /** Where a request came from, and the names of its fields there. */
  readonly request: RecordPart;
  readonly address: string;
  readonly place: string;
  readonly agent: string;
  /** The program that sent the request, by the name it has in the record, where the actor has it too. */
  readonly client: string | undefined;
  /** Where else that name stands. */
  readonly clientFields: Fields | undefined;
}

/** A record of the Compliance Logs Platform. */
export function complianceFrame(record: RecordPart, type: string | undefined, client: Fields | undefined): Frame {
  const timestamp = record.peek('timestamp');
  const time = typeof timestamp === 'string' ? millisecondsOf(timestamp) : undefined;
  const actor = actorOf(record.part('actor'));
  // Who has a name of a program keeps it; then the client is taken where it becomes an endpoint, and else stays.
  const clientName = actor?.app_name === undefined ? record.text(client) : undefined;
  return {
    isPlatform: false,
    product: 'ChatGPT Enterprise',
    logName: type,
    id: record.own('event_id'),
    time: time ?? 0,
    originalTime: record.own('timestamp'),
    tenant: record.part('principal').own('id'),
    actor: clientName === undefined ? actor : { ...actor, app_name: clientName },
    request: record.part('request_metadata'),
    address: 'client_ip',
    place: 'client_ip_details',
    agent: 'client_user_agent',
    client: clientName,
    clientFields: client,
  };
}

/** A record of the API Platform's audit log. */
export function platformFrame(record: RecordPart): Frame {
  const seconds = record.integer('effective_at');
  const actor = record.part('actor');
  return {
    isPlatform: true,
    product: 'OpenAI API Platform',
    logName: 'audit_logs',
    id: record.own('id'),
    time: seconds === undefined || !Number.isSafeInteger(seconds * 1000) ? 0 : seconds * 1000,
    originalTime: seconds === undefined ? undefined : `${seconds}`,
    tenant: undefined,
    actor: platformActorOf(actor),
    request: actor.part('session'),
    address: 'ip_address',
    place: 'ip_address_details',
    agent: 'user_agent',
    client: undefined,
    clientFields: undefined,
  };
}

function millisecondsOf(timestamp: string): number | undefined {
  if (isUsualTime(timestamp)) return msOfUsualTime(timestamp);
  const moment = parseDateTime(timestamp);
  if (moment !== undefined) {
    const { seconds, fraction } = moment;
    return seconds * 1000 + Number(`${fraction}000`.slice(0, 3));
  }
  const instant = readInstant(timestamp);
  return instant === undefined ? undefined : msOf(instant);
}

function actorOf(actor: RecordPart): OcsfActor | undefined {
  const type = actor.peek('type');
  switch (type) {
    case 'ACCOUNT_USER':
      return { user: accountOf(actor) ?? nobody };
    case 'API_KEY':
      return withUid('OpenAI Admin or Compliance key', actor.own('redacted_id'));
    case 'AGENT': {
      const user = accountOf(actor.part('agent_runtime').part('delegator'));
      const agent = withUid(actor.own('name') ?? 'unknown', actor.own('id'));
      return user === undefined ? agent : { ...agent, user };
    }
    case 'SYSTEM':
      return { app_name: actor.own('id') ?? 'unknown' };
    case 'EXTERNAL_COLLABORATION_USER': {
      const uid = actor.own('provider_user_id');
      const domain = actor.own('provider');
      const user = uid === undefined ? nobody : { uid, type_id: 1 as const };
      return { user: domain === undefined ? user : { ...user, domain } };
    }
    default: {
      const name = actor.own('type');
      return name === undefined ? undefined : { app_name: name };
    }
  }
}

function platformActorOf(actor: RecordPart): OcsfActor | undefined {
  const session = actor.part('session');
  const key = actor.part('api_key');
  switch (actor.peek('type')) {
    case 'session':
      return { user: accountOf(session.part('user'), 'id', 'email') ?? nobody };
    case 'api_key': {
      const uid = key.own('id');
      const service = key.part('service_account').own('id');
      const user =
        service === undefined
          ? accountOf(key.part('user'), 'id', 'email')
          : { uid: service, type_id: 99 as const, type: 'service account' };
      const program = withUid('OpenAI API key', uid);
      return user === undefined ? program : { ...program, user };
    }
    default: {
      const name = actor.own('type');
      return name === undefined ? undefined : { app_name: name };
    }
  }
}

function withUid(app_name: string, app_uid: string | undefined): OcsfActor {
  return app_uid === undefined ? { app_name } : { app_name, app_uid };
}

/** Stands where a class demands a user and nothing says who. */
export const nobody: OcsfUser = { name: 'unknown', type_id: 0 };

function accountOf(account: RecordPart, id = 'user_id', email = 'user_email'): OcsfUser | undefined {
  const user = userOf(account.own(id), account.email(email));
  const credential_uid = account.own('credential_id');
  if (credential_uid !== undefined) return { ...user, credential_uid };
  return user === nobody ? undefined : user;
}

/** A person by what is known of them; the address is the name, where there is one. */
export function userOf(uid: string | undefined, email: string | undefined): OcsfUser {
  if (email === undefined) return uid === undefined ? nobody : { uid, type_id: 1 };
  const user: Draft<OcsfUser> = { name: email, type_id: 1 };
  if (uid !== undefined) user.uid = uid;
  if (isEmailAddress(email)) user.email_addr = email;
  return user;
}
