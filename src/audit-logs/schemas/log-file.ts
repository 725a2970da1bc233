import * as z from 'zod/mini';

/** One log file, as the list describes it (OpenAI, Compliance Logs Platform). */
export const logFileSchema = z.looseObject({
  /** Names the file for the download. */
  id: z.string(),
  /** The one type of event in the file. */
  event_type: z.string(),
  /** When the file was closed: no event in it is later. Microseconds; kept as the server spelled it. */
  end_time: z.string(),
  /** A name to save it under, extension included. */
  file_name: z.string(),
  /** Bytes. */
  file_size: z.number(),
  /** SHA-256 of the bytes, in hexadecimal. The case of the letters is not promised. */
  file_sha256: z.string(),
});

/** One log file, as the list describes it. The file itself never changes once it is listed. */
export type LogFile = z.infer<typeof logFileSchema>;

/** One page of the list of log files. */
export const logFilePageSchema = z.looseObject({
  /** Oldest first, by `end_time`. */
  data: z.array(logFileSchema),
  /** Whether another page follows. */
  has_more: z.boolean(),
  /** The `end_time` of the last file here, to be sent verbatim as the next `after`. Null or absent on an empty page. */
  last_end_time: z.nullish(z.string()),
});

/** One page of the list of log files. */
export type LogFilePage = z.infer<typeof logFilePageSchema>;
