import { add, type Left } from '../sensitive.js';
import { Finds } from './finds.js';
import { isEmailAddress } from './formats.js';
import type { Frame } from './frame.js';
import type { OcsfActor, OcsfUser } from './objects.js';
import { Plan } from './plan.js';

type Values = Readonly<Record<string, unknown>>;
type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** In which fields of an actor an account stands. */
interface AccountFields {
  readonly id: string;
  readonly email: string;
  /** Names a key or a token. */
  readonly credential: string;
}

export function accountFields(path: string, id: string, email: string): AccountFields {
  return { id: path + id, email: path + email, credential: `${path}credential_id` };
}

/** Looks for an account, and for what stands beside it. */
export function planOf({ id, email, credential }: AccountFields, others: readonly string[] = []): Plan {
  return new Plan([...others, id, email, credential]);
}

const delegator = accountFields('agent_runtime.delegator.', 'user_id', 'user_email');

/** What is looked for in an actor, by its type. */
const plans: ReadonlyMap<unknown, Plan> = new Map([
  ['API_KEY', new Plan(['redacted_id'])],
  ['AGENT', planOf(delegator, ['id', 'name'])],
  ['SYSTEM', new Plan(['id'])],
  ['EXTERNAL_COLLABORATION_USER', new Plan(['provider_user_id', 'provider'])],
]);
const unknownPlan = new Plan(['type']);

/** Finds who did it. Gives back what has no place. */
export function readActor(values: Values, frame: Frame): Left {
  if (values.type === 'ACCOUNT_USER') return readAccount(values, frame);
  const finds = new Finds(plans.get(values.type) ?? unknownPlan, frame.sieve);
  const left = finds.walk(values, finds.plan.tree, 'actor');
  frame.actor = actorOf(values.type, finds);
  return finds.putBack(left, 'actor');
}

/** Nearly all actors are accounts of people. */
function readAccount(values: Values, frame: Frame): Left {
  const { sieve } = frame;
  const { emails } = sieve.included;
  let uid: string | undefined;
  let email: string | undefined;
  let credential: string | undefined;
  let left: Left;
  for (const field in values) {
    const value = values[field];
    switch (field) {
      case 'type':
        left ??= {};
        left.type = value;
        continue;
      case 'user_id':
        if (!sieve.tells(value)) break;
        uid = value;
        continue;
      case 'user_email':
        if (!(emails && sieve.tells(value))) break;
        email = value;
        continue;
      case 'credential_id':
        if (!sieve.tells(value)) break;
        credential = value;
        continue;
    }
    left = add(left, field, sieve.sift(value, field, 'actor'));
  }
  const user = userOf(uid, email);
  frame.actor = { user: credential === undefined ? user : { ...user, credential_uid: credential } };
  return left;
}

function actorOf(type: unknown, finds: Finds): OcsfActor | undefined {
  switch (type) {
    case 'API_KEY':
      return withUid('OpenAI Admin or Compliance key', finds.text('redacted_id'));
    case 'AGENT': {
      const user = accountOf(finds, delegator);
      const agent = withUid(finds.text('name') ?? 'unknown', finds.text('id'));
      return user === undefined ? agent : { ...agent, user };
    }
    case 'SYSTEM':
      return { app_name: finds.text('id') ?? 'unknown' };
    case 'EXTERNAL_COLLABORATION_USER': {
      const uid = finds.text('provider_user_id');
      const domain = finds.text('provider');
      const user = uid === undefined ? nobody : { uid, type_id: 1 as const };
      return { user: domain === undefined ? user : { ...user, domain } };
    }
    default: {
      const name = finds.text('type');
      return name === undefined ? undefined : { app_name: name };
    }
  }
}

export function withUid(app_name: string, app_uid: string | undefined): OcsfActor {
  return app_uid === undefined ? { app_name } : { app_name, app_uid };
}

/** Stands where a class demands a user and nothing says who. */
export const nobody: OcsfUser = { name: 'unknown', type_id: 0 };

export function accountOf(finds: Finds, { id, email, credential }: AccountFields): OcsfUser | undefined {
  const user = userOf(finds.text(id), finds.email(email));
  const credential_uid = finds.text(credential);
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
