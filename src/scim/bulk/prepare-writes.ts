import { InputError } from '../../errors/input-errors.js';
import { judgeablePath } from '../access/request-demands.js';
import { checkResource } from '../resource/preflight.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { withSchemas } from '../resource/with-schemas.js';
import { PATCH_OP_URN } from '../schemas/urns.js';
import type { Session } from '../session.js';
import type { BulkWrite } from './bulk-request.js';
import { referencesOf } from './references.js';

/**
 * The writes as they will be sent. Whatever is wrong with any of them is said here, before anything is sent.
 *
 * @throws AccessDeniedError, InputError
 */
export async function prepareWrites(
  session: Session,
  contexts: readonly ResourceContext[],
  given: readonly BulkWrite[],
): Promise<readonly BulkWrite[]> {
  const writes = copied(given).map((write, index) => completed(write, index, contexts));
  // One write that is not allowed stops them all.
  if (writes.length > 0) guardWrites(session, writes);
  const names = writes.flatMap((write) => (write.method === 'POST' ? [write.bulkId] : []));
  if (new Set(names).size < names.length)
    throw new InputError('Two writes have the same `bulkId`.', { path: ['bulkId'] });
  for (const [index, write] of writes.entries()) {
    checkForm(write, index);
    for (const name of referencesOf(write)) {
      if (!names.includes(name))
        throw new InputError('A `bulkId` is referred to that no write has.', { path: [index] });
    }
    const context = contextOf(write, contexts);
    if (context === undefined || (write.method !== 'POST' && write.method !== 'PUT')) continue;
    await checkResource(context.definition, session.profile, { ...write.data });
  }
  return writes;
}

/**
 * Whether a bulk request may hold a write. One that is allowed may still have an id that cannot be judged there: in a
 * request of its own it can, where the id stands apart from the route.
 */
export function mayGoInBulk(session: Session, write: BulkWrite): boolean {
  try {
    guardBulk(session, [write]);
    return true;
  } catch {
    return false;
  }
}

const guardBulk = (session: Session, operations: readonly BulkWrite[]) =>
  session.guard({ method: 'POST', route: '/Bulk', body: { Operations: operations } });

function guardWrites(session: Session, writes: readonly BulkWrite[]): void {
  try {
    guardBulk(session, writes);
  } catch (denied) {
    const isOdd = ({ path }: BulkWrite) => wellFormedPath.test(path) && judgeablePath(path) === undefined;
    const index = writes.findIndex(isOdd);
    if (index === -1) throw denied;
    // Denied whatever the id is?
    guardBulk(
      session,
      writes.map((write) => (isOdd(write) ? { ...write, path: write.path.replace(/%../g, '-') } : write)),
    );
    throw new InputError('The path of a write cannot be judged, which takes a client with both permissions.', {
      path: [index, 'path'],
      remedy: 'Change the resource by its own method, such as `users.patch`, which takes any id.',
    });
  }
}

/** What JSON makes of the writes, once and for all: what is judged now is what is sent later. */
function copied(given: readonly BulkWrite[]): readonly BulkWrite[] {
  try {
    // Their types say that they are made of what JSON can hold; what JSON leaves out was not there.
    const writes = JSON.parse(JSON.stringify(given)) as readonly BulkWrite[];
    if (Array.isArray(writes) && writes.every((write) => typeof write?.path === 'string')) return writes;
  } catch {
    // A cycle or a BigInt: said below, without the text of the value.
  }
  throw new InputError('The writes cannot be written as JSON, or are none.', {
    path: ['writes'],
    remedy: 'Give a list of `{ method, path, data }`.',
  });
}

/** The write with what every write has: a name for what it creates, and the schemas in use. */
function completed(write: BulkWrite, index: number, contexts: readonly ResourceContext[]): BulkWrite {
  if (write.method === 'DELETE') return write;
  if (write.method === 'PATCH') return { ...write, data: { schemas: [PATCH_OP_URN], ...write.data } };
  const context = contextOf(write, contexts);
  const data = context === undefined ? write.data : withSchemas(context, { ...write.data });
  return write.method === 'POST'
    ? { ...write, data, bulkId: write.bulkId ?? `write-${index + 1}` }
    : { ...write, data };
}

function contextOf({ path }: BulkWrite, contexts: readonly ResourceContext[]): ResourceContext | undefined {
  return contexts.find(({ route }) => path === route || path.startsWith(`${route}/`));
}

// What encodeURIComponent leaves or makes, and what else a path may hold without being read as something else.
const wellFormedPath = /^(?:\/(?:[\w.~:@+,=!$&'()*-]|%[\da-f]{2})+)+$/i;

function checkForm({ method, path }: BulkWrite, index: number): void {
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) {
    throw new InputError('There is no such method for a write.', { path: [index, 'method'] });
  }
  if (
    wellFormedPath.test(path) &&
    decoded(path)
      ?.split('/')
      .every((segment) => !/^\.{1,2}$/.test(segment))
  )
    return;
  throw new InputError('The path of a write is not a plain one.', {
    path: [index, 'path'],
    remedy: 'Give a path such as /Users/2819c223, with the id encoded by `encodeURIComponent`.',
  });
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
