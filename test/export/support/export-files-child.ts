import { setTimeout as pause } from 'node:timers/promises';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { ndjsonSink } from '../../../src/export/ndjson-sink.js';
import { objectSink } from '../../../src/export/object-sink.js';
import type { LogSink } from '../../../src/export/sink.js';
import { exportAll } from './numbered-events.js';
import { httpObjectStore } from './object-http-server.js';

const ttlMs = 150;

/** Writes numbered events from where the store stands to the end, whenever it gets the lease. */
async function main([kind = '', place = '', count = '', compress = '']: readonly string[]) {
  const options = compress === 'gzip' ? { compress: 'gzip' as const } : {};
  const sink = kind === 'ndjson' ? ndjsonSink(place, options) : objectSink(httpObjectStore(place), options);
  for (;;) {
    const end = await turn(sink, Number(count));
    if (end === 'done') break;
    if (end === 'held') await pause(5);
  }
  console.log('done');
}

async function turn(sink: LogSink, count: number): Promise<'held' | 'done' | 'lost'> {
  try {
    const onBatch = (position: number) => console.log(position);
    return await exportAll(sink, 20, { count, ttlMs, onBatch });
  } catch (error) {
    if (isSdkError(error, 'ExportError') && error.code === 'lease_lost') return 'lost';
    throw error;
  }
}

await main(process.argv.slice(2));
