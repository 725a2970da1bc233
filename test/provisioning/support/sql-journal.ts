import { DatabaseSync } from 'node:sqlite';
import type { JournalEntry, JournalLease, PlanJournal } from '../../../src/provisioning/index.js';

type LeaseRow = { readonly owner: string; readonly fence: number; readonly expires_at: number };

/** A journal in a database, with the statements that the documentation of `PlanJournal` names, as a user would write them. */
export function sqlJournal(path: string, plan = 'plan'): PlanJournal {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS leases (plan TEXT PRIMARY KEY, owner TEXT, fence INTEGER, expires_at INTEGER);
    CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY AUTOINCREMENT, plan TEXT, entry TEXT);
  `);
  const entries = database.prepare('SELECT entry FROM entries WHERE plan = $plan ORDER BY number');
  const insert = database.prepare(`
    INSERT INTO entries (plan, entry) SELECT $plan, $entry
    WHERE EXISTS (SELECT 1 FROM leases WHERE plan = $plan AND owner = $owner AND fence = $fence)
  `);
  const take = database.prepare(`
    INSERT INTO leases (plan, owner, fence, expires_at) VALUES ($plan, $owner, 1, $expiresAt)
    ON CONFLICT (plan) DO UPDATE SET owner = excluded.owner, fence = fence + 1, expires_at = excluded.expires_at
    WHERE expires_at <= $now RETURNING *
  `);
  const held = database.prepare('SELECT * FROM leases WHERE plan = $plan');
  const move = database.prepare(
    'UPDATE leases SET expires_at = $expiresAt WHERE plan = $plan AND owner = $owner AND fence = $fence',
  );
  const end = database.prepare(
    "UPDATE leases SET owner = '', expires_at = 0 WHERE plan = $plan AND owner = $owner AND fence = $fence",
  );
  return {
    async read() {
      // What was appended, as it was.
      return entries.all({ plan }).map(({ entry }) => JSON.parse(String(entry)) as JournalEntry);
    },
    async append(entry, { owner, fence }) {
      return insert.run({ plan, entry: JSON.stringify(entry), owner, fence }).changes === 1;
    },
    async acquire({ owner, now, expiresAt }): Promise<JournalLease> {
      // The columns are those of the table.
      const row = (take.get({ plan, owner, now, expiresAt }) ?? held.get({ plan })) as LeaseRow;
      return { owner: row.owner, fence: row.fence, expiresAt: row.expires_at };
    },
    async renew({ owner, fence, expiresAt }) {
      return move.run({ plan, owner, fence, expiresAt }).changes === 1;
    },
    async release({ owner, fence }) {
      end.run({ plan, owner, fence });
    },
  };
}
