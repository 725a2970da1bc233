/** Whether the long forms run: `npm run soak`. */
export const isSoak = process.env.SOAK === '1';

/** How often something is done: a few times with every change, very often in `npm run soak`. */
export function timesOf(always: number, soak: number): number {
  return isSoak ? soak : always;
}
