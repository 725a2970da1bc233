import { isRecord } from '../../../src/internal/json.js';
import { type Fault, fault } from '../../../src/testing/index.js';

/** Changes the rows of a list, and nothing of a single resource. */
const rows = (name: string, edit: (all: readonly unknown[]) => unknown) =>
  fault.body(name, (body) =>
    isRecord(body) && Array.isArray(body.Resources) ? { ...body, Resources: edit(body.Resources) } : body,
  );

/** Whatever may go wrong with an answer of a directory: each kind of fault that the emulator has for it, and lists that lie. */
export const everyFault: readonly Fault[] = [
  fault.repeatedPage(),
  fault.driftingPage(),
  fault.emptyPage(),
  fault.repeatedRow(),
  fault.totalResults('page_size'),
  fault.totalResults(0),
  fault.totalResults(1),
  fault.totalResults(1_000),
  fault.without('id'),
  fault.without('userName'),
  fault.without('externalId'),
  fault.without('displayName'),
  fault.without('active'),
  fault.without('userType'),
  fault.without('members'),
  rows('the last row is missing', (all) => all.slice(0, -1)),
  rows('in another order', (all) => all.toReversed()),
  rows('no list', () => null),
  fault.body('no rows', () => ({ totalResults: 3 })),
  fault.body('an empty object', () => ({})),
  fault.ignoredFilter(),
  fault.corruptBody(),
  fault.truncatedBody(),
  fault.slowBody({ bytes: 100, delayMs: 10 }),
  fault.gzip(),
  fault.contentType('text/plain'),
  fault.latency(120_000),
  fault.redirect('https://elsewhere.example/'),
  fault.html(200),
  fault.html(502),
  fault.status(200, { body: '' }),
  fault.status(403),
  fault.status(404),
  fault.status(429, { retryAfter: 1 }),
  fault.status(503),
  fault.cut('before_commit'),
  fault.cut('during_body'),
  fault.cut('after_commit'),
];
