import { exportToFiles, runRecipe, writeFiles } from './files.ts';
import { type Driver, exportToPostgres, insertIntoPostgres, loopIntoPostgres } from './postgres.ts';
import { measured, readEvents, type Sample } from './reading.ts';
import { exportToSqlite, insertIntoSqlite, type Journal, loopIntoSqlite } from './sqlite.ts';

/** One measurement: from the server at `url` into a new and empty place, a directory or a schema. */
export type Way = (url: string, place: string) => Promise<Sample>;

/** A store, and how `exportLogs` into it is judged. */
export interface Store {
  readonly name: string;
  readonly isPostgres: boolean;
  readonly ours: Way;
  /** What must be done at least; `events()` alone is added to it. */
  readonly floor: Way;
  readonly peer: Way;
  readonly peerName: string;
  readonly mostOfFloor: number;
  readonly leastTimesFaster: number;
}

const inserts = { mostOfFloor: 1.3, leastTimesFaster: 1, peerName: 'inserts of 500 in a loop' };

function sqlite(name: string, journal: Journal): Store {
  return {
    ...inserts,
    name,
    isPostgres: false,
    ours: (url, place) => exportToSqlite(url, place, journal),
    floor: (url, place) => insertIntoSqlite(url, place, journal),
    peer: (url, place) => loopIntoSqlite(url, place, journal),
  };
}

function postgres(name: string, driver: Driver): Store {
  return {
    ...inserts,
    name,
    isPostgres: true,
    ours: (url, place) => exportToPostgres(url, place, driver),
    floor: (url, place) => insertIntoPostgres(url, place, driver),
    peer: (url, place) => loopIntoPostgres(url, place, driver),
  };
}

export const recipeName = "OpenAI's shell script";

export const stores: readonly Store[] = [
  sqlite('SQLite, journal as it comes', 'delete'),
  sqlite('SQLite, WAL', 'wal'),
  postgres('PostgreSQL by pg', 'pg'),
  postgres('PostgreSQL by postgres', 'postgres'),
  {
    name: 'NDJSON',
    isPostgres: false,
    ours: exportToFiles,
    floor: writeFiles,
    peer: runRecipe,
    peerName: recipeName,
    mostOfFloor: 1.15,
    leastTimesFaster: 8,
  },
];

export const reading: Way = (url) => measured(() => readEvents(url));
