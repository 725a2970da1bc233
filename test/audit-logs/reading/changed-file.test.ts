import { expect, test } from 'vitest';
import { hashFileId, unpackFiles } from '../../../src/audit-logs/reading/completed-files.js';
import { timeAt } from '../support/fake-log-source.js';
import { collect } from '../support/read-fake-log.js';
import { inRange, pageOf, row, smallLogServer } from '../support/small-log-server.js';

test.each([
  ['a later end', timeAt(20)],
  ['another spelling of its end', timeAt(10).replace('Z', '+00:00')],
])('a file that is listed again with %s is read again only where it changed', async (_, end) => {
  let endTime = timeAt(10);
  const { client } = smallLogServer((url) => pageOf(inRange([row('a', timeAt(5)), row('b', endTime)], url)));
  const warnings: unknown[] = [];
  const query = {
    eventTypes: ['AUTH_LOG'],
    deduplicate: false,
    onWarning: (told: unknown) => warnings.push(told),
  } as const;
  const first = client.events(query);
  expect(await collect(first)).toHaveLength(2);
  endTime = end;
  const again = client.events({ ...query, resumeFrom: first.checkpoint() });
  const ids = (await collect(again)).map(({ event_id: id }) => id);
  const isChanged = end === timeAt(20);
  expect(ids).toEqual(isChanged ? ['b'] : []);
  expect(warnings).toMatchObject(isChanged ? [{ code: 'changed_file', file: { id: 'b' } }] : []);
  const completed = unpackFiles(again.checkpoint().partitions[0]?.completedFiles ?? '');
  expect(completed?.filter(({ hash }) => hash === hashFileId('b'))).toHaveLength(1);
});
