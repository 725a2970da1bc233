import { checkWord } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
import { checkNames, checkPath } from '../misspelt.js';
import type { ProviderProfile } from '../options.js';
import { checkOperationList } from '../patch/apply.js';
import type { ResourceContext, ResourceDefinition } from '../resource.js';
import { readAttribute } from '../schemas/names.js';
import { isServiceAccount } from '../schemas/service-account.js';
import { GROUP_URN, USER_URN } from '../schemas/urns.js';

type Path = readonly (string | number)[];

/** Refuses, before anything is sent, a resource that the server would refuse, or would accept and misread. */
export async function checkResource(
  context: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { schema, shape, extensions } = context.definition;
  const { profile } = context.server;
  if (schema.id === USER_URN) checkUser(resource, profile);
  if (schema.id === GROUP_URN) checkGroup(resource);
  if (profile.refuses.nullValues) refuseNull(resource, []);
  checkSize(resource, profile);
  await checkShape(shape, resource, []);
  for (const [urn, extension] of Object.entries(extensions ?? {})) {
    const value = resource[urn];
    if (value !== undefined && value !== null) await checkShape(extension, value, [urn]);
  }
}

export function checkSize(body: unknown, { maxBodyBytes }: ProviderProfile): void {
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length;
  if (bytes <= maxBodyBytes) return;
  refuse(
    [],
    `The body has ${bytes} bytes; the server accepts ${maxBodyBytes}.`,
    'Add members in several requests, as `groups.addMembers` does.',
  );
}

/**
 * Refuses what is no list of operations, a misspelt part of one, or name in one, and an `active` that is not a boolean, which
 * some servers take for true, whatever way it comes.
 */
export function checkOperations(context: ResourceContext, operations: unknown, at: Path = []): void {
  checkOperationList(operations);
  operations.forEach((operation, index) => {
    if (!isRecord(operation)) {
      throw new InputError('An operation must be an object.', {
        path: [...at, index],
        remedy: "Write it like `{ op: 'replace', path: 'title', value: 'Lead' }`.",
      });
    }
    for (const key of Object.keys(operation)) {
      if (!operationParts.includes(key.toLowerCase())) {
        checkWord('a part of an operation', key, operationParts, [...at, index]);
      }
    }
    const op = readAttribute(operation, 'op');
    if (typeof op !== 'string' || !operationNames.includes(op.toLowerCase())) {
      checkWord('an operation (RFC 7644 §3.5.2)', op, operationNames, [...at, index, 'op']);
    }
    const path = readAttribute(operation, 'path');
    const value = readAttribute(operation, 'value');
    const here = [...at, index, 'value'];
    checkText(path, [...at, index, 'path']);
    if (typeof path === 'string') checkPath(context, path.trim(), value, [...at, index, 'path'], here);
    else if (isRecord(value)) checkNames(context, value, here);
    const name = typeof path === 'string' ? withoutUserUrn(path.trim().toLowerCase()) : '';
    if (name === 'active') checkActive(value, here);
    if (name === '') checkActiveIn(value, here);
  });
}

const operationParts = ['op', 'path', 'value'];
const operationNames = ['add', 'remove', 'replace'];

/** The same of attributes by name, in any case, with the URN of the schema or below it. */
function checkActiveIn(attributes: unknown, at: Path): void {
  if (!isRecord(attributes)) return;
  for (const [key, value] of Object.entries(attributes)) {
    const name = withoutUserUrn(key.toLowerCase());
    if (name === 'active') checkActive(value, [...at, key]);
    if (name === '') checkActiveIn(value, [...at, key]);
  }
}

/** What a path in lower case names of a user: nothing where it is the schema itself. */
function withoutUserUrn(path: string): string {
  const urn = USER_URN.toLowerCase();
  if (path === urn) return '';
  return path.startsWith(`${urn}:`) ? path.slice(urn.length + 1) : path;
}

function checkActive(active: unknown, path: Path): void {
  if (active === undefined || active === null || typeof active === 'boolean') return;
  refuse(path, '`active` must be a boolean.', 'Pass `true` or `false`, without quotes.');
}

function checkText(value: unknown, path: Path): void {
  if (value === undefined || value === null || typeof value === 'string') return;
  refuse(path, 'The value must be a string.', 'Put it in quotes.');
}

function checkUser(user: Readonly<Record<string, unknown>>, { refuses }: ProviderProfile): void {
  const { userName, emails, name } = user;
  if (!isText(userName))
    refuse(
      ['userName'],
      '`userName` is missing.',
      'Use the e-mail address of the person, or for a service account a name shaped like one, such as svc-build@company.example.',
    );
  checkActiveIn(user, []);
  for (const [part, text] of Object.entries(isRecord(name) ? name : {})) checkText(text, ['name', part]);
  if (!refuses.userWithoutEmail) return;
  if (emails === undefined || emails === null || (Array.isArray(emails) && emails.length === 0)) {
    if (isAddress(userName)) return;
    refuse(
      ['emails'],
      'The user has no e-mail address.',
      isServiceAccount(user)
        ? 'A service account needs none, but then a `userName` shaped like one, such as svc-build@company.example.'
        : 'Add an entry of type `work` to `emails`, or use the address as `userName`.',
    );
  }
  if (!Array.isArray(emails) || !emails.every(isRecord))
    refuse(['emails'], '`emails` must be an array of objects.', 'Pass `[{ value, type, primary }]`.');
  const entries: readonly Record<string, unknown>[] = emails;
  entries.forEach(({ value }, index) => {
    checkText(value, ['emails', index, 'value']);
  });
  const chosen =
    entries.find(({ primary }) => primary === true) ??
    entries.find(({ type }) => type === 'work') ??
    entries.find(({ type }) => type === 'home');
  if (chosen === undefined)
    refuse(
      ['emails'],
      'No e-mail address can serve as the primary one.',
      'Mark one with `primary: true`, or give it the type `work`.',
    );
  const at = entries.indexOf(chosen);
  if (!isAddress(chosen.value))
    refuse(
      ['emails', at, 'value'],
      'The primary e-mail address must be an e-mail address.',
      'Use an address such as name@company.example.',
    );
}

function checkGroup(group: Readonly<Record<string, unknown>>): void {
  const { displayName, members } = group;
  if (!isText(displayName)) refuse(['displayName'], '`displayName` is missing.', 'Give the group a name.');
  if (members === undefined || members === null) return;
  if (!Array.isArray(members)) refuse(['members'], '`members` must be an array.', 'Pass `[{ value: userId }]`.');
  members.forEach((member: unknown, index) => {
    if (!isRecord(member) || !isText(member.value))
      refuse(['members', index, 'value'], 'Every member must have an id.', 'Pass `{ value: user.id }` for each user.');
  });
}

function refuseNull(value: unknown, path: Path): void {
  if (value === null) refuse(path, 'The server does not accept `null`.', 'Leave the attribute out instead.');
  if (typeof value !== 'object') return;
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, part] of entries) refuseNull(part, [...path, key]);
}

async function checkShape(shape: ResourceDefinition['shape'], value: unknown, at: Path): Promise<void> {
  const issue = (await shape?.['~standard'].validate(value))?.issues?.[0];
  if (issue === undefined) return;
  const path = (issue.path ?? []).map((part) => {
    const key = typeof part === 'object' ? part.key : part;
    return typeof key === 'number' ? key : String(key);
  });
  // The validator's own words may quote the value.
  refuse(
    [...at, ...path],
    'A value does not match the schema of this type of resource.',
    'Correct the value or the schema.',
  );
}

function refuse(path: Path, message: string, remedy: string): never {
  throw new InputError(path.length === 0 ? message : `${message.slice(0, -1)} (${path.join('.')}).`, { path, remedy });
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isAddress = (value: unknown): boolean => isText(value) && /^[^\s@]+@[^\s@]+$/.test(value.trim());
