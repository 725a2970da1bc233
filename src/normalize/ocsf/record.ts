import { isUsualTime, msOf, msOfUsualTime, parseDateTime, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import { add, type Left } from '../sensitive.js';
import { readActor } from './actor.js';
import type { Finds } from './finds.js';
import type { Frame } from './frame.js';
import { readRequest } from './request.js';

type Values = Readonly<Record<string, unknown>>;

/** Walks a record of the Compliance Logs Platform, of which the type may be known. Gives back what has no place. */
export function readRecord(record: Values, frame: Frame, finds: Finds): Left {
  const { sieve } = frame;
  const { tree } = finds.plan;
  let left: Left;
  for (const field in record) {
    const value = record[field];
    switch (field) {
      case 'event_id':
        if (!sieve.tells(value)) break;
        frame.id = value;
        continue;
      case 'timestamp':
        // Such has no address in it.
        if (typeof value === 'string' && isUsualTime(value)) frame.time = msOfUsualTime(value);
        else {
          if (typeof value === 'string') frame.time = millisecondsOf(value) ?? 0;
          if (!sieve.tells(value)) break;
        }
        frame.originalTime = value;
        continue;
      case 'type':
        if (value === frame.logName) continue;
        if (frame.logName !== undefined || !sieve.tells(value)) break;
        frame.logName = value;
        continue;
      case 'principal': {
        if (!isRecord(value)) break;
        const rest = readPrincipal(sieve.own(value), frame);
        if (rest !== undefined) {
          left ??= {};
          left.principal = rest;
        }
        continue;
      }
      case 'actor': {
        if (!isRecord(value)) break;
        const rest = readActor(sieve.own(value), frame);
        if (rest !== undefined) {
          left ??= {};
          left.actor = rest;
        }
        continue;
      }
      case 'request_metadata': {
        if (!isRecord(value)) break;
        const rest = readRequest(sieve.own(value), frame, field);
        if (rest !== undefined) {
          left ??= {};
          left.request_metadata = rest;
        }
        continue;
      }
      default:
        left = finds.give(left, field, value, tree);
        continue;
    }
    left = add(left, field, sieve.sift(value, field, undefined));
  }
  return left;
}

function readPrincipal(values: Values, frame: Frame): Left {
  const { sieve } = frame;
  let left: Left;
  for (const field in values) {
    const value = values[field];
    if (field === 'id' && sieve.tells(value)) frame.tenant = value;
    else if (field === 'type' && sieve.tells(value)) {
      left ??= {};
      left.type = value;
    } else left = add(left, field, sieve.sift(value, field, 'principal'));
  }
  return left;
}

function millisecondsOf(timestamp: string): number | undefined {
  const moment = parseDateTime(timestamp);
  if (moment !== undefined) {
    const { seconds, fraction } = moment;
    return seconds * 1000 + Number(`${fraction}000`.slice(0, 3));
  }
  const instant = readInstant(timestamp);
  return instant === undefined ? undefined : msOf(instant);
}
