import { read } from '../errors/check-options.js';
import { ExportError, storeFailed } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';
import type { Clock } from '../internal/clock.js';

/**
 * A value that stands in a statement. Lists are texts too, so that no driver has to know how they are written; a long one may be
 * given as the bytes of its UTF-8.
 */
export type PostgresValue = string | number | null | Uint8Array;

/** What a `Client` and a `Pool` of `pg` have in common. */
export interface PgQueries {
  query(statement: {
    name?: string;
    text: string;
    values?: PostgresValue[];
    rowMode: 'array';
  }): Promise<{ readonly rows: unknown[][] }>;
}

/** A connected `Client` of `pg`. The sink needs it to itself. */
export interface PgClient extends PgQueries {
  /** Where `pg` has it not, the sink cannot see that you have begun a transaction. */
  getTransactionStatus?(): 'I' | 'T' | 'E' | null;
}

/** A `Pool` of `pg`. */
export interface PgPool extends PgQueries {
  readonly totalCount: number;
}

/** What `postgres()` of `postgres` returns. */
export interface PostgresSql {
  unsafe(
    query: string,
    values?: (string | number | null)[],
    options?: { prepare: boolean },
  ): { values(): PromiseLike<ArrayLike<unknown>> };
  reserve(): Promise<unknown>;
}

export type PostgresClient = PgClient | PgPool | PostgresSql;

/**
 * Runs one statement, which is a transaction by itself, and returns its rows. With a name it is prepared, once a connection: then
 * PostgreSQL does not plan it anew for each of its values, of which planning would make several copies.
 */
export type RunStatement = (
  what: string,
  text: string,
  values?: PostgresValue[],
  name?: string,
) => Promise<readonly (readonly unknown[])[]>;

/**
 * Statements of the sink are whole transactions: nothing is begun that would have to be ended, and a connection that is lost
 * cannot leave the rest of a transaction to another one.
 *
 * @throws InputError
 */
export function postgresStatements(client: unknown, clock: Clock): RunStatement {
  const send = read('`client`', () => sender(client));
  let prepares = true;
  return async (what, text, values = [], name = undefined) => {
    for (let attempt = 1; ; attempt += 1) {
      const isPrepared = prepares && name !== undefined;
      try {
        return await send(text, values, isPrepared ? name : undefined);
      } catch (failure) {
        const code = sqlState(failure);
        if (isPrepared && isUnknownName(code)) {
          prepares = false;
          continue;
        }
        if (!mayBeRepeated(code) || attempt >= mostAttempts) throw postgresFailed(what, code, failure);
      }
      await clock.sleep(attempt * pauseMs);
    }
  };
}

const mostAttempts = 5;
const pauseMs = 20;

type Send = (
  text: string,
  values: PostgresValue[],
  name: string | undefined,
) => Promise<readonly (readonly unknown[])[]>;

function sender(client: unknown): Send {
  const has = (name: string): boolean => typeof Reflect.get(Object(client), name) === 'function';
  if (has('unsafe') && has('reserve')) return ofPostgres(client as PostgresSql);
  if (has('unsafe')) {
    throw new InputError('`client` is a connection or a transaction of `postgres`: the sink needs its own.', {
      path: ['client'],
      remedy: 'Give what `postgres(…)` returned.',
    });
  }
  if (has('query'))
    return typeof Reflect.get(Object(client), 'totalCount') === 'number'
      ? ofPool(client as PgPool)
      : ofClient(client as PgClient);
  throw new InputError('`client` must be a Client or a Pool of `pg`, or what `postgres()` returned.', {
    path: ['client'],
    remedy: 'Give such as `new Pool({ connectionString })`.',
  });
}

function ofPostgres(sql: PostgresSql): Send {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return async (text, values, name) => {
    // It names statements by itself, and sends bytes as hexadecimal digits.
    const texts = values.map((value) => (value instanceof Uint8Array ? decoder.decode(value) : value));
    const options = { prepare: name !== undefined };
    // Without values it is sent as it is, and may be several statements, whose results nobody reads.
    const rows = await (texts.length === 0 ? sql.unsafe(text) : sql.unsafe(text, texts, options)).values();
    return Array.from(rows) as unknown[][];
  };
}

function ofPool(pool: PgPool): Send {
  return async (text, values, name) => (await pool.query(statementOf(text, values, name))).rows;
}

function ofClient(client: PgClient): Send {
  let last: Promise<unknown> = Promise.resolve();
  // `pg` takes one statement at a time.
  return (text, values, name) => {
    const result = last.then(async () => {
      refuseForeignTransaction(client);
      return (await client.query(statementOf(text, values, name))).rows;
    });
    last = result.catch(() => {});
    return result;
  };
}

function statementOf(text: string, values: PostgresValue[], name: string | undefined) {
  return { text, rowMode: 'array' as const, ...(values.length > 0 && { values }), ...(name !== undefined && { name }) };
}

function refuseForeignTransaction(client: PgClient): void {
  const status = client.getTransactionStatus?.();
  if (status === null) {
    throw new InputError('The client of `pg` is not connected.', {
      path: ['client'],
      remedy: 'Call `await client.connect()` first.',
    });
  }
  if (status === undefined || status === 'I') return;
  throw new InputError(
    'The client of `pg` is in a transaction that was begun elsewhere: the sink needs one of its own.',
    {
      path: ['client'],
      remedy: 'End it first, or give the sink a client of its own, or a Pool.',
    },
  );
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlState(failure: unknown): string | undefined {
  const code: unknown = Reflect.get(Object(failure), 'code');
  return typeof code === 'string' && /^[\dA-Z]{5}$/.test(code) ? code : undefined;
}

/**
 * A pooler has sent it over a connection where it was not prepared, or where another client had prepared it: nothing was done.
 * Old ones give each transaction another connection, and know nothing of what is prepared.
 */
function isUnknownName(code: string | undefined): boolean {
  return code === '26000' || code === '42P05';
}

/** A deadlock, or a stricter isolation than the sink needs: nothing was written, and it may go well the next time. */
function mayBeRepeated(code: string | undefined): boolean {
  return code === '40P01' || code === '40001';
}

function postgresFailed(what: string, code: string | undefined, failure: unknown): Error {
  if (code === 'XX001' || code === 'XX002') {
    return new ExportError('store_damaged', `${what} failed (${code}): a table or an index is damaged.`, {
      storeCode: code,
    });
  }
  return storeFailed(what, failure);
}
