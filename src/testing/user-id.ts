import { createRandom, type Random, seedOf } from './random.js';

/** The id in ChatGPT of the account with this address, in lower case. */
export function userIdOf(email: string): string {
  return userIdFrom(createRandom(seedOf(email)));
}

export function userIdFrom(random: Random): string {
  return `user-${random.text(24)}`;
}
