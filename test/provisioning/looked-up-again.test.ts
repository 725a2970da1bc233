import { expect, test } from 'vitest';
import { memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import { listAnswer, lost } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, openDirectory, person } from './support/open-directory.js';

const writes = (log: readonly string[]) => log.filter((line) => !line.startsWith('GET'));

test('a change whose answer was lost is not sent again over what somebody else has made of it', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old' })] });
  const first = await plan({ users: [person('a', { title: 'New' })] });
  server.intercept = ({ method }) => {
    if (method !== 'PATCH') return undefined;
    server.users.set('a', account('a', { title: 'Third' }));
    return lost();
  };
  const result = await apply(client, first);
  expect(result.finished).toBe(false);
  expect(writes(server.log)).toEqual(['PATCH /Users/a']);
  expect(server.users.get('a')?.title).toBe('Third');
});

test('a change whose answers are always lost is sent four times at most, and looked for after each', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old' })] });
  const first = await plan({ users: [person('a', { title: 'New' })] });
  server.log.length = 0;
  server.intercept = ({ method }) => (method === 'PATCH' ? lost() : undefined);
  expect((await apply(client, first)).finished).toBe(false);
  const [read, sent] = ['GET /Users/a', 'PATCH /Users/a'];
  expect(server.log).toEqual([read, sent, read, sent, read, sent, read, sent, read]);
});

test('what another has done between the look into the journal and the lock is not done again', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old' })] });
  const first = await plan({ users: [person('a', { title: 'New' }), person('n')] });
  const journal = memoryJournal();
  let before = 0;
  const late: PlanJournal = {
    ...journal,
    async acquire(request) {
      await apply(client, first, { journal });
      before = server.log.length;
      return journal.acquire(request);
    },
  };
  const result = await apply(client, first, { journal: late });
  expect(result).toMatchObject({ finished: true, totals: { done: 2 }, possibleDoubleSends: [] });
  expect(server.log.slice(before)).toEqual([]);
});

test('that nobody has the keys of somebody to be created is not believed for long', async () => {
  const { client, plan, server, clock } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a'), person('b'), person('m'), person('n')] });
  server.intercept = ({ method }) => {
    if (method === 'POST') {
      clock.setWall(31_000);
      server.users.set('z', account('n', { id: 'z' }));
    }
    return undefined;
  };
  const result = await apply(client, first, { concurrency: 1 });
  expect(resultLinesOf(result)).toEqual(['create e-m done', 'create e-n already']);
  expect(writes(server.log)).toEqual(['POST /Users']);
});

test('an answer that does not show who is there does not show that somebody is not', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a'), person('b'), person('n')] });
  server.users.set('z', account('n', { id: 'z' }));
  server.intercept = ({ query }) => (query.get('filter')?.includes(' or ') ? listAnswer([]) : undefined);
  expect(resultLinesOf(await apply(client, first))).toEqual(['create e-n already']);
  expect(writes(server.log)).toEqual([]);
});
