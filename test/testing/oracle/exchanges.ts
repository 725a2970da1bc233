import { newGroup, newUser, patchOf } from '../support/ask-scim.js';

/** One request of the script; `{mira}` stands for the id of what an earlier step of that name created. */
export interface Step {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly creates?: string;
}

const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] };
const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'] };

/** A conversation that any SCIM server can have, in order. */
export const exchanges: readonly Step[] = [
  { name: 'an empty list', method: 'GET', path: '/Users' },
  { name: 'a new user', method: 'POST', path: '/Users', body: newUser('mira', { active: true }), creates: 'mira' },
  { name: 'another user', method: 'POST', path: '/Users', body: newUser('jonas', { title: 'Lead' }), creates: 'jonas' },
  { name: 'a userName that is taken', method: 'POST', path: '/Users', body: newUser('MIRA') },
  { name: 'a user without a userName', method: 'POST', path: '/Users', body: { schemas: newSchemas(), title: 'x' } },
  { name: 'active as a number', method: 'POST', path: '/Users', body: newUser('x', { active: 7 }) },
  { name: 'the user', method: 'GET', path: '/Users/{mira}' },
  { name: 'nobody', method: 'GET', path: '/Users/nobody' },
  { name: 'a filter that matches', method: 'GET', path: '/Users?filter=userName%20eq%20%22mira%22' },
  { name: 'a filter that matches nothing', method: 'GET', path: '/Users?filter=userName%20eq%20%22x%22' },
  { name: 'a filter that cannot be read', method: 'GET', path: '/Users?filter=userName%20zz%20%22x%22' },
  { name: 'a filter on presence', method: 'GET', path: '/Users?filter=title%20pr' },
  { name: 'the first page', method: 'GET', path: '/Users?count=1' },
  { name: 'the second page', method: 'GET', path: '/Users?startIndex=2&count=1' },
  { name: 'past the last page', method: 'GET', path: '/Users?startIndex=9&count=1' },
  { name: 'no more than the total', method: 'GET', path: '/Users?count=0' },
  { name: 'sorted backwards', method: 'GET', path: '/Users?sortBy=userName&sortOrder=descending' },
  { name: 'one attribute', method: 'GET', path: '/Users/{jonas}?attributes=userName' },
  { name: 'all but one attribute', method: 'GET', path: '/Users/{jonas}?excludedAttributes=title' },
  { name: 'a search', method: 'POST', path: '/Users/.search', body: { ...search, filter: 'userName sw "m"' } },
  { name: 'a search over both types', method: 'POST', path: '/.search', body: { ...search, count: 10 } },
  { name: 'a replacement', method: 'PUT', path: '/Users/{mira}', body: newUser('mira', { nickName: 'M' }) },
  { name: 'a replacement of nobody', method: 'PUT', path: '/Users/nobody', body: newUser('x') },
  {
    name: 'a change',
    method: 'PATCH',
    path: '/Users/{mira}',
    body: patchOf({ op: 'replace', path: 'nickName', value: 'Mi' }),
  },
  {
    name: 'a change of nobody',
    method: 'PATCH',
    path: '/Users/nobody',
    body: patchOf({ op: 'remove', path: 'title' }),
  },
  { name: 'a change without operations', method: 'PATCH', path: '/Users/{mira}', body: patchOf() },
  {
    name: 'a change of the id',
    method: 'PATCH',
    path: '/Users/{mira}',
    body: patchOf({ op: 'replace', path: 'id', value: 'x' }),
  },
  { name: 'a group', method: 'POST', path: '/Groups', body: newGroup('Ops'), creates: 'ops' },
  {
    name: 'a new member',
    method: 'PATCH',
    path: '/Groups/{ops}',
    body: patchOf({ op: 'add', path: 'members', value: [{ value: '{mira}' }] }),
  },
  {
    name: 'a bulk request',
    method: 'POST',
    path: '/Bulk',
    body: { ...bulk, Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: newUser('hana') }] },
  },
  { name: 'what the server can do', method: 'GET', path: '/ServiceProviderConfig' },
  { name: 'its types', method: 'GET', path: '/ResourceTypes' },
  { name: 'its schemas', method: 'GET', path: '/Schemas' },
  { name: 'a removal', method: 'DELETE', path: '/Users/{jonas}' },
  { name: 'a removal again', method: 'DELETE', path: '/Users/{jonas}' },
  { name: 'a user without schemas', method: 'POST', path: '/Users', body: { userName: 'x' } },
  { name: 'an endpoint there is not', method: 'POST', path: '/Me', body: newUser('x') },
];

function newSchemas(): string[] {
  return ['urn:ietf:params:scim:schemas:core:2.0:User'];
}
