import { ResponseError } from '../../errors/response-errors.js';

/** Whether an error says that there is no such resource. */
export function isGone(error: unknown): boolean {
  return error instanceof ResponseError && (error.status === 404 || error.status === 410);
}

/** What was being read; `undefined` when it is not there. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
