import { read } from '../errors/check-options.js';
import { ExportError, storeFailed } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';
import { type Clock, monotonicNow } from '../internal/clock.js';
import { isRecord } from '../internal/json.js';

/** A value that SQLite holds. */
export type SqliteValue = string | number | null;

/** A statement, as `node:sqlite` and better-sqlite3 have it. */
export interface SqliteStatement {
  all(...values: SqliteValue[]): unknown[];
  run(...values: SqliteValue[]): { readonly changes: number | bigint };
}

/** An open database: `new DatabaseSync(path)` of `node:sqlite`, or `new Database(path)` of better-sqlite3. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
}

/** What is done in one transaction, without a pause: nothing else can come between on this connection. */
export interface SqliteWork {
  /** The rows, each as the list of its columns. */
  all(sql: string, ...values: SqliteValue[]): readonly (readonly unknown[])[];
  /** How many rows were changed. */
  run(sql: string, ...values: SqliteValue[]): number;
  exec(sql: string): void;
}

const longestWaitMs = 30_000;
const longestPauseMs = 100;

/** Runs work in transactions of a database that others write too. */
export function sqliteTransactions(db: SqliteDatabase, clock: Clock) {
  const statements = new Map<string, SqliteStatement>();
  const prepared = (sql: string): SqliteStatement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const work: SqliteWork = {
    // A driver may be set to give rows as objects or as lists.
    all: (sql, ...values) =>
      prepared(sql)
        .all(...values)
        .map((row) => Object.values(row as object)),
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    exec: (sql) => void db.exec(sql),
  };

  const attempt = <Result>(todo: (work: SqliteWork) => Result): Result => {
    begin(db);
    try {
      const result = todo(work);
      db.exec('COMMIT');
      return result;
    } catch (failure) {
      // It fails where SQLite has already undone all by itself, as on a full disk.
      ignoreFailure(() => db.exec('ROLLBACK'));
      throw failure;
    }
  };

  /** @throws ExportError, and what `todo` throws of this library */
  return async <Result>(what: string, todo: (work: SqliteWork) => Result): Promise<Result> => {
    const givesUpAtMs = monotonicNow(clock) + longestWaitMs;
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return attempt(todo);
      } catch (failure) {
        const code = sqliteCode(failure);
        if (!isBusy(code) || monotonicNow(clock) >= givesUpAtMs) {
          // A database that was closed and opened again takes none of the old ones.
          statements.clear();
          throw sqliteFailed(what, code, failure);
        }
      }
      await clock.sleep(pauseMs);
    }
  };
}

/** @throws InputError */
export function checkSqliteDatabase(db: unknown): asserts db is SqliteDatabase {
  const isDatabase = read(
    '`db`',
    () => isRecord(db) && [db.exec, db.prepare].every((one) => typeof one === 'function'),
  );
  if (isDatabase) return;
  throw new InputError('`db` must be an open database of node:sqlite or better-sqlite3.', {
    path: ['db'],
    remedy: 'Give `new DatabaseSync(path)` of node:sqlite, or `new Database(path)` of better-sqlite3.',
  });
}

function begin(db: SqliteDatabase): void {
  try {
    db.exec('BEGIN IMMEDIATE');
  } catch (failure) {
    // Without a number of its own, it is that of a transaction within a transaction.
    if (sqliteCode(failure) !== 'SQLITE_ERROR') throw failure;
    throw new InputError('The database is in a transaction that was begun elsewhere: the sink needs one of its own.', {
      path: ['db'],
      remedy: 'End it first, or open a second connection for the sink.',
    });
  }
}

// https://www.sqlite.org/rescode.html
const codeNames: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  18: 'SQLITE_TOOBIG',
  26: 'SQLITE_NOTADB',
};

/** better-sqlite3 names it in `code`; `node:sqlite` gives its number in `errcode`, with details in the higher bits. */
function sqliteCode(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null) return undefined;
  const { code, errcode } = failure as Readonly<Record<string, unknown>>;
  if (typeof errcode === 'number') return codeNames[errcode & 0xff];
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

function isBusy(code: string | undefined): boolean {
  return code !== undefined && /^SQLITE_(?:BUSY|LOCKED)/.test(code);
}

function sqliteFailed(what: string, code: string | undefined, failure: unknown): Error {
  if (code !== undefined && /^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) {
    return new ExportError('store_damaged', `${what} failed (${code}): the file is damaged.`, { storeCode: code });
  }
  return storeFailed(what, code === undefined ? failure : { code });
}

function ignoreFailure(act: () => unknown): void {
  try {
    act();
  } catch {
    // The failure that led here says more.
  }
}
