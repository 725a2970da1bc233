/**
 * Checks the connection in the environment variables and says what is wrong and how to fix it.
 *
 *     npm run example examples/check-connection.ts
 *
 * Exits with 1 when something needs fixing, so that it can stand in front of a nightly job.
 */
import { formatCheckReport } from 'chatgpt-enterprise-sdk';
import { openConnection, tellIfEmulated } from './support/open-connection.ts';
import { run } from './support/run.ts';

await run(async () => {
  tellIfEmulated();
  await using connection = openConnection();
  const report = await connection.check();
  console.log(formatCheckReport(report, { color: process.stdout.isTTY === true }));
  if (report.verdict === 'failed') process.exitCode = 1;
});
