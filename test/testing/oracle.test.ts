import { isDeepStrictEqual } from 'node:util';
import { scimPatch } from 'scim-patch';
import { filter as compileFilter, parse as parseFilter } from 'scim2-parse-filter';
import SCIMMY from 'scimmy';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { startScimmy } from '../servers/support/start-scimmy.js';
import {
  type Difference,
  parseFilterDifferences,
  scimmyFilterDifferences,
  scimmyPatchDifferences,
  scimmyServerDifferences,
  scimPatchDifferences,
} from './oracle/differences.js';
import { exchanges } from './oracle/exchanges.js';
import { filters } from './oracle/filters.js';
import { patchedUser, patches } from './oracle/patches.js';
import { people } from './oracle/people.js';
import { askFor, askScim, patchOf, patchUrn } from './support/ask-scim.js';

// The emulator shares its filters and its PATCH with the client, so it could share a mistake. Here it is held against
// code that nobody here wrote. Where they differ is written down in differences.ts, with who is right: an unexpected
// difference fails, and so does an expected one that is gone.

type Verdict = string | object;

function expectDifferences(found: readonly string[], recorded: readonly Difference[]): void {
  expect(found.toSorted()).toEqual(recorded.flatMap(({ cases }) => cases).toSorted());
}

async function emulatorFilters(): Promise<ReadonlyMap<string, Verdict>> {
  await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
  for (const person of people) emulator.store.users.add(person);
  const verdicts = new Map<string, Verdict>();
  for (const filter of filters) {
    const { status, body } = await askFor(emulator, '/Users', filter);
    const names = (body.Resources as { userName: string }[] | undefined)?.map(({ userName }) => userName).join();
    verdicts.set(filter, status === 200 ? (names ?? '') : 'refused');
  }
  return verdicts;
}

/** What an oracle selects; a failure on one person is no match, a failure on all of them a refusal. */
function selected(matches: (person: object) => boolean): Verdict {
  let failures = 0;
  const names = people.filter((person) => {
    try {
      return matches(structuredClone(person));
    } catch {
      failures += 1;
      return false;
    }
  });
  return failures === people.length ? 'refused' : names.map(({ userName }) => userName).join();
}

test('selects what the filters of scimmy select', async () => {
  const ours = await emulatorFilters();
  const differing = filters.filter((filter) => {
    // scimmy reads the filter when it is made, and its types know only its own resources.
    const matches = (person: object) => new SCIMMY.Types.Filter(filter).match([person] as never).length === 1;
    return selected(matches) !== ours.get(filter);
  });
  expectDifferences(differing, scimmyFilterDifferences);
});

test('selects what the filters of scim2-parse-filter select', async () => {
  const ours = await emulatorFilters();
  const differing = filters.filter((filter) => {
    const matches = (person: object) => compileFilter(parseFilter(filter))(person as never);
    return selected(matches) !== ours.get(filter);
  });
  expectDifferences(differing, parseFilterDifferences);
});

// Null, an empty list and an absent attribute are the same state (RFC 7643 §2.5).
function assigned(resource: object): object {
  const { schemas: _schemas, id: _id, meta: _meta, ...rest } = JSON.parse(JSON.stringify(resource));
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && !isDeepStrictEqual(value, [])),
  );
}

async function emulatorPatches(): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const [name, operations] of Object.entries(patches)) {
    await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
    const id = emulator.store.users.add(patchedUser);
    const { status, body } = await askScim(emulator, 'PATCH', `/Users/${id}`, patchOf(...operations));
    verdicts.set(name, status === 200 ? assigned(body) : 'refused');
  }
  return verdicts;
}

async function differingPatches(apply: (user: object, operations: object[]) => object | Promise<object>) {
  const ours = await emulatorPatches();
  const differing: string[] = [];
  for (const [name, operations] of Object.entries(patches)) {
    let theirs: Verdict;
    try {
      theirs = assigned(await apply(structuredClone({ id: 'u', ...patchedUser }), structuredClone([...operations])));
    } catch {
      theirs = 'refused';
    }
    if (!isDeepStrictEqual(theirs, ours.get(name))) differing.push(name);
  }
  return differing;
}

test('patches as scimmy patches', async () => {
  SCIMMY.Schemas.User.extend(SCIMMY.Schemas.EnterpriseUser as never);
  try {
    const differing = await differingPatches(async (user, Operations) => {
      const target = new SCIMMY.Schemas.User(user as never);
      const patch = new SCIMMY.Messages.PatchOp({ schemas: [patchUrn], Operations } as never);
      // It gives nothing back where nothing changes.
      return (await patch.apply(target)) ?? target;
    });
    expectDifferences(differing, scimmyPatchDifferences);
  } finally {
    SCIMMY.Schemas.User.truncate(SCIMMY.Schemas.EnterpriseUser as never);
  }
});

test('patches as scim-patch patches', async () => {
  const differing = await differingPatches((user, operations) => scimPatch(user as never, operations as never));
  expectDifferences(differing, scimPatchDifferences);
});

/** What each step of the script was answered, as far as two servers can agree. */
async function converse(baseUrl: string, token: string): Promise<ReadonlyMap<string, Verdict>> {
  const ids = new Map<string, string>();
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => ids.get(name) ?? whole);
  const answers = new Map<string, Verdict>();
  for (const { name, method, path, body, creates } of exchanges) {
    const answer = await fetch(`${baseUrl}${filled(path)}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: filled(JSON.stringify(body)) }),
    });
    const text = await answer.text();
    const told = text === '' ? {} : JSON.parse(text);
    if (creates !== undefined) ids.set(creates, told.id);
    answers.set(name, {
      status: answer.status,
      scimType: told.scimType,
      totalResults: told.totalResults,
      userNames: (told.Resources ?? [told]).map((resource: { userName?: string }) => resource.userName),
      members: told.members?.length ?? 0,
      operations: told.Operations?.map((operation: { status: string }) => operation.status),
    });
  }
  return answers;
}

test('answers over HTTP as scimmy answers', async () => {
  await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
  const { scimBaseUrl } = await emulator.listen();
  const scimmy = await startScimmy(4);
  try {
    const ours = await converse(scimBaseUrl, emulator.scim.token);
    const theirs = await converse(scimmy.baseUrl, scimmy.token);
    const differing = [...ours]
      .filter(([name, answer]) => !isDeepStrictEqual(answer, theirs.get(name)))
      .map(([name]) => name);
    expectDifferences(differing, scimmyServerDifferences);
  } finally {
    await scimmy.close();
  }
});
