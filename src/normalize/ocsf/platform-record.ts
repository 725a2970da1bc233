import { isRecord } from '../../internal/json.js';
import { add, kindOf, type Left } from '../sensitive.js';
import { accountFields, accountOf, nobody, planOf, withUid } from './actor.js';
import { Finds } from './finds.js';
import type { Frame } from './frame.js';
import type { OcsfActor } from './objects.js';
import { Plan } from './plan.js';
import { readRequest } from './request.js';

type Values = Readonly<Record<string, unknown>>;

/** Walks a record of the API Platform's audit log, of which the payload stands under its type. Gives back what has no place. */
export function readPlatformRecord(record: Values, frame: Frame, finds: Finds, type: string | undefined): Left {
  const { sieve } = frame;
  const { tree } = finds.plan;
  let left: Left;
  for (const field in record) {
    const value = record[field];
    switch (field) {
      case 'id':
        if (!sieve.tells(value)) break;
        frame.id = value;
        continue;
      case 'effective_at': {
        // Far beyond are milliseconds, taken for seconds.
        if (typeof value !== 'number' || !(Math.abs(value) <= 62_000_000_000)) break;
        frame.time = Math.round(value * 1000);
        frame.originalTime = `${value}`;
        continue;
      }
      case 'type':
        if (value === type) continue;
        break;
      case 'actor':
        if (!isRecord(value)) break;
        left = add(left, field, readActor(sieve.own(value), frame));
        continue;
      default:
        if (type === undefined) left = finds.give(left, field, value, tree);
        // A type that has the name of content is content.
        else if (field !== type || !isRecord(value) || kindOf(field) !== 'plain') break;
        else left = add(left, field, finds.walk(sieve.own(value), tree, field));
        continue;
    }
    left = add(left, field, sieve.sift(value, field, undefined));
  }
  return left;
}

const signedIn = accountFields('session.user.', 'id', 'email');
const keyHolder = accountFields('api_key.user.', 'id', 'email');

const sessionPlan = planOf(signedIn);
const keyPlan = planOf(keyHolder, ['api_key.id', 'api_key.service_account.id']);
const unknownPlan = new Plan(['type']);

function readActor(values: Values, frame: Frame): Left {
  const { sieve } = frame;
  const { type } = values;
  const finds = new Finds(type === 'session' ? sessionPlan : type === 'api_key' ? keyPlan : unknownPlan, sieve);
  const { tree } = finds.plan;
  let left: Left;
  for (const field in values) {
    const value = values[field];
    if (field === 'session' && isRecord(value)) {
      const inner = tree.placeOf(field);
      const other = typeof inner === 'object' ? { finds, tree: inner } : undefined;
      left = add(left, field, readRequest(sieve.own(value), frame, 'actor.session', other));
    } else left = finds.give(left, field, value, tree, 'actor');
  }
  frame.actor = actorOf(type, finds);
  return finds.putBack(left, 'actor');
}

function actorOf(type: unknown, finds: Finds): OcsfActor | undefined {
  switch (type) {
    case 'session':
      return { user: accountOf(finds, signedIn) ?? nobody };
    case 'api_key': {
      const uid = finds.text('api_key.id');
      const service = finds.text('api_key.service_account.id');
      const user =
        service === undefined
          ? accountOf(finds, keyHolder)
          : { uid: service, type_id: 99 as const, type: 'service account' };
      const program = withUid('OpenAI API key', uid);
      return user === undefined ? program : { ...program, user };
    }
    default: {
      const name = finds.text('type');
      return name === undefined ? undefined : { app_name: name };
    }
  }
}
