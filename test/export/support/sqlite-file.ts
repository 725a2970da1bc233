import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';

/** How a file is opened with each driver. */
export const sqliteDrivers = {
  'node:sqlite': (path: string) => new DatabaseSync(path),
  'better-sqlite3': (path: string) => new Database(path),
};

export type SqliteConnection = ReturnType<(typeof sqliteDrivers)[keyof typeof sqliteDrivers]>;

export const eachDriver = Object.entries(sqliteDrivers).map(([name, connect]) => ({ name, connect }));

/** A file that is not there yet, and connections to it, which are closed when the test has finished. */
export function sqliteFile(connect: (path: string) => SqliteConnection) {
  const directory = mkdtempSync(join(tmpdir(), 'sqlite-sink-'));
  const path = join(directory, 'logs.sqlite');
  const connections: SqliteConnection[] = [];
  onTestFinished(() => {
    for (const connection of connections) if (isOpen(connection)) connection.close();
    rmSync(directory, { recursive: true });
  });
  const open = (): SqliteConnection => {
    const connection = connect(path);
    connections.push(connection);
    return connection;
  };
  return { path, directory, open };
}

function isOpen(connection: SqliteConnection): boolean {
  return 'isOpen' in connection ? connection.isOpen : connection.open;
}
