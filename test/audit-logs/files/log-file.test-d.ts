import { expectTypeOf } from 'vitest';
import type { LogFile, LogFilePage } from '../../../src/audit-logs/files/log-file.js';

expectTypeOf<LogFilePage['data'][number]>().toEqualTypeOf<LogFile>();
expectTypeOf<LogFilePage['last_end_time']>().toEqualTypeOf<string | null | undefined>();
expectTypeOf<LogFile['file_size']>().toEqualTypeOf<number | undefined>();
expectTypeOf<LogFile['something_new']>().toEqualTypeOf<unknown>();
