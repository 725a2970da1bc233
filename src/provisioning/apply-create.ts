import { isFailure, isSdkError } from '../errors/is-sdk-error.js';
import { isEmpty } from '../internal/json.js';
import { compileFilter } from '../scim/filter/match.js';
import { criteriaFilter } from '../scim/find.js';
import { listResources } from '../scim/list.js';
import { findByNaturalKeys } from '../scim/natural-key-search.js';
import { hasOtherExternalId, isOtherKind, keyText, naturalKeysOf } from '../scim/natural-keys.js';
import { isAlike } from '../scim/proven-filters.js';
import { readIfThere } from '../scim/read.js';
import { InvalidRow, type ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import { readAttribute } from '../scim/schemas/names.js';
import { createResource, isTaken } from '../scim/write/create.js';
import { differingAttributes, verifyWrite } from '../scim/write/verify.js';
import type { ApplyRun, Settled } from './apply-run.js';
import { dropsAttributes } from './outcome-texts.js';
import type { CreateAction, CreateGroupAction } from './plan.js';
import { baselineOf } from './plan-hash.js';

type Creation = CreateAction | CreateGroupAction;

/** Creates a user or a group, unless one has appeared since: then that one is left as it is. */
export async function applyCreation(run: ApplyRun, action: Creation): Promise<Settled> {
  const context = action.kind === 'create' ? run.users : run.groups;
  let wasSent = run.mayBeSent(action);
  try {
    const made = run.recovery.partial.get(action.id)?.target.id;
    const left = made === undefined ? undefined : await readIfThere(context, made, run.request());
    if (left !== undefined && isMade(run, action, context, left)) return await judgeMade(run, action, context, left);
    const isAbsent = action.kind === 'create' && !wasSent && (await run.absence.isAbsent(action));
    const found = isAbsent ? undefined : await judgeFound(run, action, context, 'proven', wasSent);
    if (found !== undefined) return found;
    if (wasSent) {
      if (run.isSentJustNow(action)) return notShownYet(run, action);
      const shown = await judgeFound(run, action, context, 'walked', true);
      if (shown !== undefined) return shown;
    }
    await run.intend(action, { after: action.after });
    wasSent = true;
    const { id } = await createResource(context, action.after, run.request(), false);
    return await readBack(run, action, context, id);
  } catch (error) {
    if (isTaken(error)) {
      // A filter had not shown it.
      const holder = await judgeFound(run, action, context, 'walked', false).catch((failure: unknown) => {
        if (isFailure(failure)) return undefined;
        throw failure;
      });
      if (holder !== undefined) return holder;
    }
    // Something was made, and the answer is about somebody else.
    if (isSdkError(error, 'NaturalKeyConflictError') && error.reason === 'other_resource') return notShown(run, action);
    return run.outcomeOfError(action, error, wasSent);
  }
}

/** What becomes of a creation where somebody has the keys; `undefined` where nobody has. */
async function judgeFound(
  run: ApplyRun,
  action: Creation,
  context: ResourceContext,
  absence: 'proven' | 'walked',
  mayBeOurs: boolean,
): Promise<Settled | undefined> {
  const { named, alike } = await findByNaturalKeys(context, action.after, run.request(), { absence });
  const [found, ...others] = [...named, ...alike];
  if (found === undefined) return undefined;
  const isMeant =
    others.length === 0 &&
    named.length === 1 &&
    found.active !== false &&
    !isOtherKind(context, found, action.after) &&
    !hasOtherExternalId(found, action.after);
  const differing = isMeant ? differencesOf(run, action, context, found) : [];
  if (isMeant && differing.length === 0) {
    return run.outcomeOf(action, mayBeOurs ? 'done' : 'already', { id: found.id, seen: await baselineOf(found) });
  }
  // Of what an earlier run sent, a server may have dropped some: nobody else would have the same but for that.
  const isOurs = isMeant && mayBeOurs && differing.every((name) => isEmpty(readAttribute(found, name)));
  return isOurs ? partial(run, action, found, differing) : run.drifted(action, 'other_account');
}

async function readBack(run: ApplyRun, action: Creation, context: ResourceContext, id: string): Promise<Settled> {
  const options = run.request();
  const read = () => readIfThere(context, id, options);
  const differing = (now: Resource | undefined) =>
    now === undefined ? ['the resource'] : differencesOf(run, action, context, now);
  try {
    const listed = action.kind === 'create_group' ? await listedWith(run, action, context) : undefined;
    const shown = listed?.find((one) => one.id === id);
    // One look by the key shows what was made, and whether there is another.
    const now =
      shown !== undefined && differing(shown).length === 0
        ? shown
        : await verifyWrite(context, 'POST', read, differing, options);
    return now === undefined ? notShown(run, action) : judgeAnswered(run, action, context, now, listed);
  } catch (error) {
    // Its id is not known to be right before something was read by it: the next run looks for the keys.
    if (!isSdkError(error, 'WriteNotConfirmedError')) return run.unseen(action, error);
    const now = await read();
    return now === undefined
      ? run.outcomeOf(action, 'unknown', textsOf(error))
      : judgeAnswered(run, action, context, now);
  }
}

async function judgeAnswered(
  run: ApplyRun,
  action: Creation,
  context: ResourceContext,
  now: Resource,
  listed?: readonly Resource[],
) {
  if (isMade(run, action, context, now)) return judgeMade(run, action, context, now, listed);
  context.server.knowledge.emptyGroups.delete(now.id);
  return notShown(run, action);
}

/**
 * Whether a resource is what was made: it has the keys that were sent, and was not there before. An answer may name the id
 * of somebody else, who must neither get what was meant for another nor lose anything when it is undone.
 */
function isMade(run: ApplyRun, { after }: Creation, context: ResourceContext, now: Resource): boolean {
  if (run.wasThereBefore(now.id) || isOtherKind(context, now, after) || hasOtherExternalId(now, after)) return false;
  if (keyText(after, 'externalId') !== '' && keyText(now, 'externalId') !== '') return true;
  return naturalKeysOf(context, after).some(
    ([name, value]) => name !== 'externalId' && isAlike(name, now[name], value),
  );
}

function notShown(run: ApplyRun, action: Creation): Settled {
  return run.outcomeOf(action, 'unknown', {
    code: 'other_resource',
    message: 'The directory answered with an id under which something else is: what was made is not known.',
    remedy:
      'Start again with the same journal: it is looked up by its keys then. If it stays so, report it to whoever runs the directory.',
  });
}

/** A list may lag behind what was made: that nothing is found so soon is no proof that nothing was made. */
function notShownYet(run: ApplyRun, action: Creation): Settled {
  return run.outcomeOf(action, 'unknown', {
    code: 'not_shown',
    message: 'It was sent a moment ago, and the directory does not show it: it may only not be shown yet.',
    remedy: 'Start again with the same journal in a minute: it is looked up then, and sent again if it is not there.',
  });
}

/** What was made, by what is there of it. */
async function judgeMade(
  run: ApplyRun,
  action: Creation,
  context: ResourceContext,
  now: Resource,
  listed?: readonly Resource[],
): Promise<Settled> {
  const differing = differencesOf(run, action, context, now);
  if (differing.length > 0) return partial(run, action, now, differing);
  const seen = await baselineOf(now);
  const alike = action.kind === 'create_group' ? (listed ?? (await listedWith(run, action, context))) : [];
  if (alike.some(({ id }) => id !== now.id)) return run.outcomeOf(action, 'partial', { id: now.id, seen, ...twice });
  return run.outcomeOf(action, 'done', { id: now.id, seen });
}

async function partial(run: ApplyRun, action: Creation, now: Resource, differing: readonly string[]): Promise<Settled> {
  return run.outcomeOf(action, 'partial', {
    id: now.id,
    seen: await baselineOf(now),
    code: 'not_applied',
    message: `It is there, and the directory shows these otherwise than they were sent: ${differing.join(', ')}.`,
    remedy: dropsAttributes,
  });
}

/**
 * The groups that have the key of one that was made: by the key that servers tell groups by. Nobody had it a moment ago, but
 * not every server refuses a second one, and another plan, with a journal of its own, may have made it in between. None where
 * that cannot be known: what was made is there all the same.
 */
async function listedWith(
  run: ApplyRun,
  { after }: CreateGroupAction,
  context: ResourceContext,
): Promise<readonly Resource[]> {
  const attribute = keyText(after, 'externalId') === '' ? 'displayName' : 'externalId';
  const key = { [attribute]: keyText(after, attribute) };
  const filter = criteriaFilter(key);
  const matches = compileFilter(filter, { schema: context.schema });
  const page = { startIndex: 1, count: context.server.profile.pageSize };
  const look = async () => {
    if (!context.server.knowledge.mayFilter(context.route, key)) return [];
    const { rows, totalResults = Infinity } = await listResources(context, { filter }, page, run.request());
    const isRead = rows.every((row) => !(row instanceof InvalidRow) && matches(row));
    // Else it is a server that reads the filter in its own way.
    return isRead && totalResults <= rows.length ? rows : [];
  };
  const search = async () =>
    (await findByNaturalKeys(context, key, run.request(), { absence: 'claimed', findAll: true })).named;
  const noneIfFailed = (error: unknown) => {
    if (isFailure(error)) return [];
    throw error;
  };
  const found = await look().catch(noneIfFailed);
  return found.length > 0 ? found : search().catch(noneIfFailed);
}

const twice = {
  code: 'doubled',
  message: 'The group was made, and there is another with the same key, which somebody made at the same time.',
  remedy:
    'Keep one of them, remove the other by hand, and plan again. Give all programs that write there journals with one `lock`: `fileJournal(path, { lock })`.',
} as const;

function differencesOf(
  { plan }: ApplyRun,
  { after }: Creation,
  context: ResourceContext,
  now: Resource,
): readonly string[] {
  const ignored = new Set(plan.policy.ignoreAttributes.map((name) => name.toLowerCase()));
  // A server that does not show whether an account is active has only active ones.
  if (after.active === true && now.active !== false) ignored.add('active');
  const compared = Object.entries(after).filter(([name]) => !ignored.has(name.toLowerCase()));
  return differingAttributes(context, now, Object.fromEntries(compared));
}

function textsOf({ code, message, remedy }: { code: string; message: string; remedy?: string }) {
  return { code, message, ...(remedy === undefined ? {} : { remedy }) };
}
