import { isSdkError } from '../errors/is-sdk-error.js';
import { isEmpty } from '../internal/json.js';
import { isNotFound } from '../scim/error-body.js';
import { findByNaturalKeys } from '../scim/natural-key-search.js';
import { readIfThere, readResource } from '../scim/read.js';
import type { PatchOperation, Resource } from '../scim/schemas/common.js';
import { patch } from '../scim/write/change.js';
import { deleteResource } from '../scim/write/delete.js';
import { isOutcomeUnknown, settle } from '../scim/write/lost-answer.js';
import { unappliedAttributes, verifyWrite } from '../scim/write/verify.js';
import { lookupBackoff } from '../transport/retry.js';
import type { ApplyRun, Settled } from './apply-run.js';
import { takesAccess } from './check-actions.js';
import { dropsAttributes } from './outcome-texts.js';
import type { ChangeAction, RemovalAction } from './plan.js';
import { baselineOf } from './plan-hash.js';

/** Changes a user who is as planned for: read, compared, written, read back. */
export async function applyChange(run: ApplyRun, action: ChangeAction): Promise<Settled> {
  const { target, operations } = action;
  const { users } = run;
  let wasSent = run.mayBeSent(action);
  try {
    const options = run.request();
    const now = await readIfThere(users, target.id, options);
    if (now === undefined) return run.drifted(action, 'not_found');
    if ((await baselineOf(now, operations)) !== action.baseline) {
      const isAsWanted = unappliedAttributes(users, operations, now, now).length === 0 && run.isStill(target.key, now);
      if (!isAsWanted) return run.drifted(action);
      return run.outcomeOf(action, wasSent ? 'done' : 'already', { seen: await baselineOf(now, operations) });
    }
    if (!wasSent && (await isNameTaken(run, action))) return run.drifted(action, 'other_account');
    const hold = takesAccess(operations) ? await run.removalHoldOf(now) : undefined;
    if (hold !== undefined) return run.heldBack(action, hold);
    await run.intend(action, { before: action.before, after: action.after });
    wasSent = true;
    const { seen, failure } = await change(run, now, operations);
    if (failure !== undefined) return run.unseen(action, failure);
    return run.outcomeOf(action, 'done', { seen: await baselineOf(seen ?? now, operations) });
  } catch (error) {
    const settled = run.outcomeOfError(action, error, wasSent);
    if (!isSdkError(error, 'WriteNotConfirmedError') || error.code !== 'not_applied') return settled;
    const isPartial = error.attributes.length < operations.length;
    const outcome = { ...settled.outcome, remedy: dropsAttributes, ...(isPartial && { outcome: 'partial' as const }) };
    return { ...settled, outcome };
  }
}

/** Whether somebody else has the new `userName` by now: not every server refuses it to a second one. */
async function isNameTaken(run: ApplyRun, action: ChangeAction): Promise<boolean> {
  const { userName } = action.after;
  if (typeof userName !== 'string' || (await run.absence.isAbsent(action))) return false;
  const { named, alike } = await findByNaturalKeys(run.users, { userName }, run.request(), { findAll: true });
  return [...named, ...alike].some(({ id }) => id !== action.target.id);
}

/** Deactivates or deletes a user who is as planned for, and whom nothing protects by now. */
export async function applyRemoval(run: ApplyRun, action: RemovalAction): Promise<Settled> {
  const { target, kind } = action;
  const { users } = run;
  let wasSent = run.mayBeSent(action);
  const name = () => (wasSent ? 'done' : 'already');
  try {
    const options = run.request();
    const now = await readIfThere(users, target.id, options);
    if (now === undefined) {
      const listed = await listedAs(run, action);
      if (listed === 'same') return run.outcomeOf(action, 'failed', notShown);
      // Whoever has a new account may still sign in: that is not the one that was planned for.
      return listed === 'other' ? run.drifted(action, 'other_account') : run.outcomeOf(action, name());
    }
    if (now.active === false) {
      if (!run.isStill(target.key, now)) return run.drifted(action);
      return run.outcomeOf(action, name(), { seen: await baselineOf(now) });
    }
    if ((await baselineOf(now)) !== action.baseline) return run.drifted(action);
    const hold = await run.removalHoldOf(now);
    if (hold !== undefined) return run.heldBack(action, hold);
    await run.intend(action, { before: { active: true }, after: kind === 'delete' ? {} : { active: false } });
    wasSent = true;
    if (kind === 'delete') {
      const { outcome } = await deleteResource(users, target.id, options);
      if (outcome === 'accepted') return run.outcomeOf(action, 'unknown', pending);
      return await checkIsGone(run, action, now);
    }
    const { seen, failure } = await change(run, now, [{ op: 'replace', path: 'active', value: false }]);
    if (failure !== undefined) return run.unseen(action, failure);
    if (seen === undefined && (await isListed(run, now))) return run.outcomeOf(action, 'unknown', notGone);
    return run.outcomeOf(action, 'done', { ...(seen && { seen: await baselineOf(seen) }) });
  } catch (error) {
    return run.outcomeOfError(action, error, wasSent);
  }
}

/**
 * Who is found by the keys of somebody who is not found by the id: the same account, or another one that is active. Whoever
 * should go and is only not shown may still sign in: one answer is not enough to call it done.
 */
async function listedAs(run: ApplyRun, { target: { id, key } }: RemovalAction): Promise<'same' | 'other' | undefined> {
  const keys = { userName: key, externalId: key };
  const { named, alike } = await findByNaturalKeys(run.users, keys, run.request(), { findAll: true });
  const found = [...named, ...alike].filter((one) => one.active !== false);
  if (found.some((one) => one.id === id)) return 'same';
  return found.length > 0 ? 'other' : undefined;
}

/** Whether an account that was read a moment ago is still listed as active, by the first of its keys. */
async function isListed(run: ApplyRun, { id, userName, externalId }: Resource): Promise<boolean> {
  const keys = isEmpty(userName) ? { externalId } : { userName };
  const { named, alike } = await findByNaturalKeys(run.users, keys, run.request(), { findAll: true });
  return [...named, ...alike].some((one) => one.id === id && one.active !== false);
}

const notShown = {
  code: 'not_found',
  message: 'The directory lists the account, and answers that there is none of this id: nothing was sent.',
  remedy: 'Start again with the same journal. If it stays so, ask whoever runs the directory.',
} as const;

const notGone = {
  ...notShown,
  message: 'It was sent, and the directory still lists the account, while it answers that there is none of this id.',
} as const;

/** Reads back whom the directory says it has deleted. The id was read a moment ago: not to find it, nor to be listed any more, says that it is gone. */
async function checkIsGone(run: ApplyRun, action: RemovalAction, before: Resource): Promise<Settled> {
  const { users } = run;
  const options = run.request();
  const read = () =>
    readResource(users, action.target.id, options).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  const isLeft = (user: Resource | undefined) => user !== undefined && user.active !== false;
  try {
    const left = await verifyWrite(users, 'DELETE', read, (user) => (isLeft(user) ? ['the resource'] : []), options);
    if (left === undefined && (await isListed(run, before))) return run.outcomeOf(action, 'unknown', notGone);
    return run.outcomeOf(action, 'done');
  } catch (error) {
    if (isSdkError(error, 'WriteNotConfirmedError')) throw error;
    return run.unseen(action, error);
  }
}

const pending = {
  code: 'write_pending',
  message: 'The directory has accepted it and not done it yet.',
  remedy: 'Start again later with the same journal: it is looked up then.',
} as const;

/** So often a change is sent whose answer was lost, and of which the directory shows nothing. */
const mostSendings = 4;

/**
 * Sends operations and reads back what they did. One whose answer was lost is looked up before it is sent again. Gives the
 * user as read back, nobody where a server hides who is not active; or why it could not be read.
 */
async function change(
  run: ApplyRun,
  before: Resource,
  operations: readonly PatchOperation[],
): Promise<{ readonly seen?: Resource | undefined; readonly failure?: unknown }> {
  const { users } = run;
  const options = run.request();
  const isRemoval = operations.every(({ path, value }) => path === 'active' && value === false);
  const read = () => readIfThere(users, before.id, options);
  const unapplied = (now: Resource | undefined) => {
    if (now === undefined) return isRemoval ? [] : ['the resource'];
    return unappliedAttributes(users, operations, now, before);
  };
  let sent = 0;
  /** By a look after a lost answer: then it need not be read once more. */
  let seen: { readonly user: Resource | undefined } | undefined;
  await settle<unknown>(
    users.server,
    {
      send: () => {
        sent += 1;
        // Else the transport would repeat it, without looking at what somebody else may have made of it meanwhile.
        return patch(users, before.id, operations, options, { safeToRepeat: false, isLookedUp: true, seen: before });
      },
      waitMs: (error) => (isOutcomeUnknown(error) ? lookupBackoff(sent, users.server.transport.random) : undefined),
      lookUp: async () => {
        const user = await read();
        if (unapplied(user).length === 0) {
          seen = { user };
          return { done: undefined };
        }
        const isAsBefore =
          user !== undefined && (await baselineOf(user, operations)) === (await baselineOf(before, operations));
        return isAsBefore && sent < mostSendings ? 'send' : 'failed';
      },
    },
    options.signal,
  );
  if (seen !== undefined) return { seen: seen.user };
  try {
    return { seen: await verifyWrite(users, 'PATCH', read, unapplied, options) };
  } catch (failure) {
    if (isSdkError(failure, 'WriteNotConfirmedError')) throw failure;
    return { failure };
  }
}
