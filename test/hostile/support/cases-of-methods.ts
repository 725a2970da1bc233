import { groupResourceSchema } from '../../../src/scim/index.js';
import { isList, isObject, isText } from './wrong-values.js';

/** What stands at one place of a call: a right value, and which others are of its kind. */
export interface Place {
  readonly right: unknown;
  readonly allows: (value: unknown) => boolean;
}

export type Case = readonly Place[];

const isNumber = (value: unknown) => typeof value === 'number';
const isNumberOrNull = (value: unknown) => isNumber(value) || value === null;
const isTextOrNull = (value: unknown) => isText(value) || value === null;
const isObjectOrNull = (value: unknown) => isObject(value) || value === null;
const isNull = (value: unknown) => value === null;
const isFunction = (value: unknown) => typeof value === 'function';
export const place = (right: unknown, allows: Place['allows']): Place => ({ right, allows });
export const orNothing = (one: Place): Place => place(one.right, (value) => value === undefined || one.allows(value));
export const text = (right: string): Place => place(right, isText);
export const list = (...right: readonly unknown[]): Place => place(right, isList);
export const record = (right: object): Place => place(right, isObject);
/** May be left out. Each of these options is tried alone. */
export const options = (names: readonly string[], right: object = {}): Place =>
  orNothing(record({ ...Object.fromEntries(names.map((name) => [name, undefined])), ...right }));

export const isAnything = () => true;
/** Which values each option may have beside `undefined`. */
export const optionKinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  signal: () => false,
  timeoutMs: isNumberOrNull,
  deadlineMs: isNumberOrNull,
  maxRetries: isNumberOrNull,
  headers: isObject,
  attributes: isList,
  excludedAttributes: isList,
  ifMatch: isText,
  verify: (value) => value === true,
  takeOver: (value) => value === true,
  scan: (value) => value === true,
  filter: (value) => isText(value) || isObject(value),
  sortBy: isText,
  sortOrder: () => false,
  startIndex: isNumber,
  count: isNumber,
  cursor: isText,
  prefetch: isNumber,
  maxPages: isNumber,
  completeness: () => false,
  onIncomplete: isFunction,
  eventTypes: isList,
  after: isText,
  before: isText,
  onWarning: isFunction,
  resumeFrom: (value) => value === null || isObject(value),
  concurrency: isNumberOrNull,
  maxBytesInFlight: isNumberOrNull,
  maxFileBytes: isNumberOrNull,
  deduplicate: (value) => value === true || isNumber(value),
  overlapMs: isNumber,
  validate: isFunction,
  bigIntegers: isNull,
  invalidLine: isFunction,
  onFailedPrincipal: isFunction,
  onFailedFile: isFunction,
  onRetentionGap: isFunction,
  onProgress: isFunction,
  onCaughtUp: isFunction,
  onOutage: isFunction,
  ordering: isNull,
  batchSize: isNumberOrNull,
  fill: (value) => typeof value === 'boolean',
  // Without `fill` it is for nothing.
  maxWaitMs: () => false,
  intervalMs: isNumber,
  probeUser: isText,
  admin: (value) => typeof value === 'boolean' || isObjectOrNull(value) || isList(value),
  groups: (value) => value === true,
  lastActivity: isObject,
  usage: isObject,
  fetch: isFunction,
  clock: isObject,
  random: isFunction,
  rateLimit: isObjectOrNull,
  maxResponseBytes: isNumberOrNull,
  onEvent: isFunction,
  dangerouslyAllowHttpLoopback: (value) => value === true,
  allowHost: isFunction,
  scim: isObjectOrNull,
  auditLogs: isObjectOrNull,
  schema: isObject,
  baseUrl: isText,
  token: (value) => isText(value) || isFunction(value),
  apiKey: (value) => isText(value) || isFunction(value),
  access: isObject,
  profile: isObject,
  workspaceIds: (value) => isText(value) || isList(value),
  organizationId: isText,
  color: (value) => value === true,
  lookup: isFunction,
  require: isList,
  include: isList,
  allowUnknownWorkspaceIdForms: (value) => value === true,
  owner: isObject,
  eventType: isText,
  people: isList,
  seed: isNumber,
  at: isText,
  from: isTextOrNull,
  to: isTextOrNull,
  duplicateShare: isNumberOrNull,
  lateShare: isNumberOrNull,
  memberIds: isList,
  membersPerGroup: isNumber,
  approve: isText,
  journal: isObject,
  maxAgeMinutes: isNumber,
  totalBytes: isNumber,
  fileBytes: isNumberOrNull,
  skipsWaits: (value) => value === true,
  createId: isFunction,
  maxRecordedRequests: isNumber,
  sentAs: isNumber,
  afterCommit: (value) => value === true,
  retryAfter: (value) => isNumber(value) || isText(value),
  failOnErrors: isNumberOrNull,
  workspaceId: isText,
  limit: isNumber,
  order: () => false,
  group: () => false,
  startTime: isText,
  endTime: isText,
  email: isText,
  params: isObject,
  query: (value) => isText(value) || isObject(value),
};

const request = ['signal', 'timeoutMs', 'deadlineMs', 'maxRetries', 'headers'];
const projection = ['attributes', 'excludedAttributes'];
const ofRequest = options(request);
const ofGet = options([...request, ...projection]);
const ofWrite = options([...request, ...projection, 'ifMatch', 'verify']);
const ofMembers = options([...request, 'verify']);
const listQuery = [...projection, 'filter', 'sortBy', 'sortOrder', 'count', 'cursor'];
const ofList = options([...listQuery, 'startIndex']);
const ofIterate = options([...listQuery, 'prefetch', 'maxPages', 'completeness', 'onIncomplete']);
const files = ['after', 'before', 'onFailedPrincipal', 'onWarning'];
const readings = [
  ...['resumeFrom', 'concurrency', 'maxBytesInFlight', 'maxFileBytes', 'deduplicate', 'overlapMs', 'validate'],
  ...['bigIntegers', 'invalidLine', 'onFailedFile', 'onRetentionGap', 'onProgress', 'onCaughtUp'],
];
const types = { eventTypes: ['AUTH_LOG'] };
const query = (names: readonly string[]): Place => record({ ...(options(names, types).right as object) });
const id = text('2819c223');
const device = { endpoint: '/Devices', schema: groupResourceSchema };

function resourceCases(resource: object): Readonly<Record<string, Case>> {
  const patch = list({ op: 'replace', path: 'externalId', value: 'x' });
  return {
    list: [ofList, ofRequest],
    iterate: [ofIterate, ofRequest],
    get: [id, ofGet],
    getIfNoneMatch: [id, text('W/"1"'), ofGet],
    find: [place({ externalId: 'x' }, (value) => isText(value) || isObject(value)), options([...request, 'scan'])],
    search: [ofList, ofRequest],
    count: [options(['filter']), ofRequest],
    create: [record(resource), options([...request, ...projection, 'verify'])],
    upsert: [record(resource), options([...request, 'verify', 'takeOver'])],
    replace: [id, record(resource), ofWrite],
    patch: [id, patch, ofWrite],
    delete: [id, ofWrite],
  };
}

const under = (path: string, cases: Readonly<Record<string, Case>>) =>
  Object.fromEntries(Object.entries(cases).map(([name, one]) => [`${path}.${name}`, one]));

const user = {
  userName: 'a@x.example',
  externalId: 'x',
  active: true,
  emails: [{ value: 'a@x.example', primary: true }],
  name: { givenName: 'A' },
};

export const scimCases: Readonly<Record<string, Case>> = {
  ...under('scim', {
    resource: [record({ ...device, shape: undefined, extensions: undefined, naturalKeys: undefined })],
    serviceProviderConfig: [ofRequest],
    resourceTypes: [ofRequest],
    schemas: [ofRequest],
    me: [ofRequest],
  }),
  ...under('scim.users', {
    ...resourceCases(user),
    activate: [id, ofWrite],
    deactivate: [id, ofWrite],
    withExtensions: [record({})],
  }),
  ...under('scim.groups', {
    ...resourceCases({ displayName: 'G', externalId: 'x', members: [{ value: '1' }] }),
    addMembers: [id, list('1'), ofMembers],
    removeMembers: [id, list('1'), ofMembers],
    setMembers: [id, list('1'), ofMembers],
    withExtensions: [record({})],
  }),
  ...under('devices', resourceCases({ displayName: 'D', externalId: 'x' })),
};

const paged = ['workspaceId', 'cursor'];
const ofPages = (...names: string[]): Case => [options([...paged, ...names]), ofRequest];
const ofWorkspace: Case = [id, options(['workspaceId']), ofRequest];
const ofRows = (...names: string[]): Readonly<Record<string, Case>> => ({
  list: ofPages(...names),
  iterate: ofPages(...names, 'maxPages'),
});

export const adminCases: Readonly<Record<string, Case>> = {
  ...under('admin', {
    get: [
      text('/manage/workspaces/{workspace_id}/{id}'),
      record({ params: { id: 'x' }, query: undefined, workspaceId: undefined }),
      ofRequest,
    ],
  }),
  ...under('admin.members', {
    ...ofRows('limit'),
    get: ofWorkspace,
    find: [record({ email: 'a@x.example', workspaceId: undefined }), ofRequest],
    listGroups: [id, ...ofPages('limit', 'order')],
    groups: [id, ...ofPages('limit', 'order', 'maxPages')],
  }),
  ...under('admin.invites', { ...ofRows(), get: ofWorkspace }),
  ...under('admin.groups', {
    ...ofRows('limit', 'order'),
    get: ofWorkspace,
    listMembers: [id, ...ofPages('limit', 'order')],
    members: [id, ...ofPages('limit', 'order', 'maxPages')],
  }),
  ...under('admin.serviceAccounts', {
    ...ofRows(),
    get: ofWorkspace,
    listCredentials: [id, ...ofPages()],
    credentials: [id, ...ofPages('maxPages')],
  }),
  ...under('admin.usageLimits', {
    workspace: [options(['workspaceId']), ofRequest],
    group: ofWorkspace,
    user: ofWorkspace,
    monthlyUsage: ofWorkspace,
  }),
  ...under('admin.usageLimits.groups', ofRows('limit')),
  ...under('admin.usageLimits.users', ofRows('limit', 'query')),
  ...under('admin.usageLimits.requests', ofRows('limit')),
  ...under('admin.usage', ofRows('startTime', 'endTime', 'group', 'limit')),
  'list.pages': [],
  'list.toArray': [options(['limit'])],
  'list.Symbol(Symbol.asyncIterator)': [],
};

export const logCases: Readonly<Record<string, Case>> = {
  ...under('logs', {
    files: [query(files), ofRequest],
    download: [
      record({ id: 'eclf_1', event_type: 'AUTH_LOG', end_time: '2026-11-22T00:00:00Z', principal: undefined }),
      options([...request, 'maxFileBytes']),
    ],
    events: [query([...files, ...readings, 'ordering']), ofRequest],
    batches: [query([...files, ...readings, 'ordering', 'batchSize', 'fill', 'maxWaitMs']), ofRequest],
    follow: [query(['after', 'onFailedPrincipal', 'onWarning', ...readings, 'intervalMs', 'onOutage']), ofRequest],
    maxEventTime: [query(['onFailedPrincipal']), ofRequest],
  }),
  ...under('connection', {
    check: [options(['eventTypes', 'admin', 'probeUser', 'onFailedPrincipal']), ofRequest],
    roster: [options(['groups', 'lastActivity', 'usage', 'onFailedPrincipal', 'onProgress']), ofRequest],
    close: [],
    'Symbol(Symbol.asyncDispose)': [],
  }),
  'connection.compliance.get': [
    text('/compliance/workspaces/{workspace_id}/{id}'),
    record({ params: { id: 'x' }, query: undefined, workspaceId: undefined }),
    ofRequest,
  ],
  'files.pages': [],
  'files.toArray': [options(['limit'])],
  'files.Symbol(Symbol.asyncIterator)': [],
  'events.checkpoint': [],
  'events.withCheckpoints': [],
  'events.Symbol(Symbol.asyncIterator)': [],
  'batches.checkpoint': [],
  'batches.Symbol(Symbol.asyncIterator)': [],
  'store.get': [text('key')],
  'store.set': [text('key'), record({ version: 1, partitions: [] })],
};
