import { checkList, checkNumber, checkOptions, checkText } from '../../errors/check-options.js';
import { checkPerson, type Person, personOf } from '../people.js';
import { createRandom, seedOf } from '../random.js';
import { microsOf } from '../timestamp.js';
import { type PlatformLogEvent, platformTypes } from './platform-event.js';
import { topics } from './samples/conversations.js';
import { platformPayloads } from './samples/platform.js';
import { compileTemplate, type EventContext, type Fill } from './template.js';

/** What {@link generatePlatformEvents} takes. */
export interface GeneratePlatformEventsOptions {
  /** Their types, taken in turn. @default every documented one: 61 of the organization, 88 of the tenant */
  readonly types?: readonly string[] | undefined;
  /** How many events. @default one of each type */
  readonly count?: number | undefined;
  /** They are spread evenly between these two times, oldest first: over a second, for a burst. ISO 8601. */
  readonly from: string;
  /** ISO 8601. None is as late as this. */
  readonly to: string;
  /** The people they are about. @default a dozen made-up ones */
  readonly people?: readonly Person[] | undefined;
  /** The same seed gives the same events: a log takes each of them once. @default 1 */
  readonly seed?: number | undefined;
}

/**
 * Makes up events of the API Platform's audit log, of every documented type unless some are named; the same for the same options.
 * Where OpenAI publishes no payload, as for all of the tenant, they have none.
 *
 * @throws InputError for an option there is not; EmulatorError when `from` or `to` is not an ISO 8601 date-time.
 *
 * @example
 * import { createEmulator, generatePlatformEvents } from 'chatgpt-enterprise-sdk/testing';
 *
 * await using emulator = createEmulator({ world: 'empty' });
 * // A burst within one second.
 * const [from, to] = ['2026-11-23T09:00:00Z', '2026-11-23T09:00:01Z'];
 * emulator.store.platform.append(generatePlatformEvents({ types: ['user.added'], count: 250, from, to }));
 */
export function* generatePlatformEvents(
  given: GeneratePlatformEventsOptions,
): Generator<PlatformLogEvent, void, undefined> {
  const options = checkOptions('generatePlatformEvents()', given, {
    types: true,
    count: true,
    from: true,
    to: true,
    people: true,
    seed: true,
  });
  const { types = platformTypes, seed = 1 } = options;
  checkList('types', types);
  for (const type of types) checkText('types', type);
  const count = types.length === 0 ? 0 : checkNumber('count', options.count ?? types.length, 0);
  checkNumber('seed', seed, Number.NEGATIVE_INFINITY, false);
  if (options.people !== undefined) checkList('people', options.people);
  const people = options.people?.map(checkPerson) ?? Array.from({ length: 12 }, (_none, number) => personOf(number));
  const random = createRandom(seedOf(`${seed} platform`));
  const owner = { type: 'organization', id: `org-${random.text(24)}` } as const;
  const from = microsOf(options.from);
  const step = (microsOf(options.to) - from) / Math.max(1, count);
  for (let index = 0; index < count; index++) {
    const micros = Math.floor(from + step * (index + random.next() * 0.9));
    const [person, other, topic] = [random.pick(people), random.pick(people), random.pick(topics)];
    const context: EventContext = { random, owner, person, other, topic, micros, named: new Map() };
    yield eventOf(types[index % types.length] ?? '', context);
  }
}

const session = {
  type: 'session',
  session: {
    user: { id: '<person.userId>', email: '<person.email>' },
    ip_address: '203.0.113.<integer 1 254>',
    user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0',
    ja3: '<hex 32>',
    ja4: 't13d1516h2_<hex 12>_<hex 12>',
    ip_address_details: { country: 'DE', city: 'Berlin', region: 'Berlin', region_code: 'BE', asn: '64500' },
  },
};
const keyOfUser = {
  type: 'api_key',
  api_key: { id: 'key_<text 16>', type: 'user', user: { id: '<person.userId>', email: '<person.email>' } },
};
const keyOfProgram = {
  type: 'api_key',
  api_key: { id: 'key_<text 16>', type: 'service_account', service_account: { id: 'svc_acct_<hex 12>' } },
};
// The usual one more often. Of what the service does itself, nobody is named.
const actors = [session, session, session, keyOfUser, keyOfProgram, null].map(compileTemplate);

const ofProject =
  /^(?:api_key|certificates?|checkpoint|external_\w+|project|rate_limit|service_account|workload_\w+)\./;
const project = compileTemplate({ id: 'proj_<hex 12 #project>', name: 'Forecasts' });
const idOfEvent = compileTemplate('audit_log-<hex 24>');
const payloads: Readonly<Record<string, unknown>> = platformPayloads;
const compiled = new Map<string, Fill<unknown>>();

function eventOf(type: string, context: EventContext): PlatformLogEvent {
  const payload = Object.hasOwn(payloads, type) ? payloads[type] : undefined;
  const fill = compiled.get(type) ?? compileTemplate(payload);
  compiled.set(type, fill);
  const event = {
    id: idOfEvent(context),
    type,
    effective_at: Math.floor(context.micros / 1_000_000),
    ...(ofProject.test(type) && { project: project(context) }),
    actor: context.random.pick(actors)(context),
    ...(payload !== undefined && { [type]: fill(context) }),
  };
  // The samples are of the documented shapes, which a test holds.
  return event as PlatformLogEvent;
}
