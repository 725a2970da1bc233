import { open, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { type LogSink, ndjsonSink, type PgPool, postgresSink, sqliteSink } from '../export/index.js';
import type { Call } from './command.js';
import { Mistake } from './mistake.js';

/** A store that was opened, and is to be closed. */
export interface OpenSink extends AsyncDisposable {
  readonly sink: LogSink;
}

/** Opens what `--to` names. @throws Mistake for what cannot be opened */
export async function openSink(to: string, isGzip: boolean, env: Call['env']): Promise<OpenSink> {
  const isDatabase = /^(?:sqlite:|postgres(?:ql)?(?::|$))/.test(to);
  if (isDatabase && isGzip) throw new Mistake('--gzip is for files: leave it out of a database.');
  if (/^postgres(?:ql)?:/.test(to)) {
    throw new Mistake('The address of a database holds its password: put it in DATABASE_URL, and write --to postgres.');
  }
  if (to.startsWith('sqlite:')) return openSqlite(to.slice('sqlite:'.length));
  if (isDatabase) return openPostgres(env);
  // One letter is a drive of Windows.
  if (/^[a-z][\w+.-]+:/i.test(to)) {
    throw new Mistake(
      '--to begins like the address of a store that is not known. It takes a directory, sqlite:FILE in small letters, or postgres; a directory with a colon in its name begins with ./',
    );
  }
  const isOther = await stat(to).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  if (isOther) throw new Mistake(`--to ${to}: it is no directory. Files go into one: name another, or sqlite:FILE.`);
  return { sink: ndjsonSink(to, isGzip ? { compress: 'gzip' } : {}), async [Symbol.asyncDispose]() {} };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its directory is not there: create it',
  EISDIR: 'it is a directory: name a file in it',
  EACCES: 'it may not be written: give the account of this program write access',
};

async function openSqlite(path: string): Promise<OpenSink> {
  if (path === '') throw new Mistake('--to sqlite: lacks the file: --to sqlite:audit-logs.sqlite.');
  // Asked for like this, it is `undefined` on a Node that has it only behind a flag.
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) throw new Mistake(`Node ${process.version} has no SQLite: take Node 22.13 or later.`);
  // Events name people: what SQLite makes itself, others may read.
  const file = await open(path, 'a', 0o600).catch(({ code }: NodeJS.ErrnoException) => {
    const reason = reasons[`${code}`] ?? `it cannot be opened (${code})`;
    throw new Mistake(`--to sqlite:${path}: ${reason}.`);
  });
  await file.close();
  const database = new sqlite.DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL');
  return {
    sink: sqliteSink(database),
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

/** What is used of the package pg. */
interface Pg {
  readonly Pool: new (
    config: object,
  ) => PgPool & { end(): Promise<void>; on(event: 'error', listener: () => void): unknown };
}

async function openPostgres({ DATABASE_URL: url }: Call['env']): Promise<OpenSink> {
  const pool = new (findPg().Pool)(url === undefined || url === '' ? {} : { connectionString: url });
  // A connection that broke while nobody used it: the next query says so.
  pool.on('error', () => {});
  return { sink: postgresSink(pool), [Symbol.asyncDispose]: () => pool.end() };
}

/** The user's own: beside this package, or where the program was started. */
function findPg(): Pg {
  const require = createRequire(import.meta.url);
  try {
    return require(require.resolve('pg', { paths: [import.meta.dirname, process.cwd()] })) as Pg;
  } catch {
    throw new Mistake(
      '--to postgres takes the package pg, which is not installed: npm install pg, or for one start npx -p pg -p chatgpt-enterprise-sdk chatgpt-enterprise-sdk export …',
    );
  }
}
