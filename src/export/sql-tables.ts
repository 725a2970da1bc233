import { ExportError } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';

/** The names of the tables and indexes of one store, quoted. */
export interface SqlTables {
  readonly events: string;
  readonly leases: string;
  /** One row: the version of the tables, and up to which time events were pruned. */
  readonly version: string;
  /** A name of an index, which stands where its table does. */
  index(name: string): string;
}

/** One step from a version of the tables to the next. */
export type Migration = (tables: SqlTables) => readonly string[];

const defaultPrefix = 'audit_log_';
// PostgreSQL cuts names off after 63 bytes: two that differ behind that would be one.
const nameForm = /^[A-Za-z_][A-Za-z\d_]{0,39}$/;

/** @throws InputError */
export function sqlTables(given: {
  readonly tablePrefix?: string | undefined;
  readonly schemaName?: string | undefined;
}): SqlTables {
  const { tablePrefix = defaultPrefix, schemaName } = given;
  const prefix = checkName('tablePrefix', tablePrefix, /^sqlite_/i);
  const place = schemaName === undefined ? '' : `"${checkName('schemaName', schemaName, /^pg_/)}".`;
  const table = (name: string) => `${place}"${prefix}${name}"`;
  const index = (name: string) => `"${prefix}${name}"`;
  return { events: table('events'), leases: table('leases'), version: table('version'), index };
}

/** `reserved`: names that a database keeps to itself. */
function checkName(option: string, name: unknown, reserved: RegExp): string {
  if (typeof name === 'string' && nameForm.test(name)) {
    const [beginning] = reserved.exec(name) ?? [];
    if (beginning === undefined) return name;
    throw new InputError(
      `\`${option}\` must not begin with \`${beginning}\`: the database keeps such names to itself.`,
      {
        path: [option],
        remedy: 'Begin it with another word, such as `audit_log_`.',
      },
    );
  }
  throw new InputError(`\`${option}\` must be a name of up to 40 letters, digits and underscores.`, {
    path: [option],
    remedy: 'Begin it with a letter or an underscore, such as `audit_log_`.',
  });
}

/**
 * What leads from the version that was found to the newest; 0 where there is none.
 *
 * @throws ExportError `unknown_schema`
 */
export function stepsFrom(version: number, migrations: readonly Migration[], tables: SqlTables): readonly string[] {
  const known = migrations.length;
  if (!(Number.isSafeInteger(version) && version >= 0 && version <= known)) {
    throw new ExportError(
      'unknown_schema',
      `The tables of the store have version ${version}; this library knows ${known}. Nothing was touched.`,
    );
  }
  return migrations.slice(version).flatMap((step) => step(tables));
}

/** A table of the name that is to be made, and that is not of this library. */
export function foreignTables(): ExportError {
  return new ExportError(
    'unknown_schema',
    'There are tables of these names without a version, which this library did not make. Nothing was touched.',
  );
}
