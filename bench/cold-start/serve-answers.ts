// A server on 127.0.0.1, in a process of its own, that answers at once what the clients of cold-start.ts ask first.
// Says its port on the first line.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const users = Array.from({ length: 20 }, (_, index) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: `directory_user_${index}`,
  userName: `person.${index}@north.example`,
  name: { givenName: 'Person', familyName: String(index) },
  emails: [{ value: `person.${index}@north.example`, type: 'work', primary: true }],
  active: true,
  meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z' },
}));
const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];

const answers: Readonly<Record<string, unknown>> = {
  '/scim/v2/Users': { schemas, totalResults: 20, startIndex: 1, itemsPerPage: 20, Resources: users },
  '/v1/models': { object: 'list', data: [{ id: 'a-model', object: 'model', created: 1, owned_by: 'openai' }] },
  '/directory_users': {
    object: 'list',
    data: [{ object: 'directory_user', id: 'directory_user_0', emails: [], groups: [], raw_attributes: {} }],
    list_metadata: { before: null, after: null },
  },
};

const server = createServer((request, response) => {
  const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
  const type = request.url?.startsWith('/scim') ? 'application/scim+json' : 'application/json';
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': type });
  response.end(JSON.stringify(answer ?? {}));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
