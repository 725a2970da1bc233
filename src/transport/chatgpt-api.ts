/** The one server of the Compliance API and the Admin API: no other host of them is published. */
export const chatgptBaseUrl = 'https://api.chatgpt.com/v1';

/** Of each route of a workspace or an organization, where OpenAI documents no other. */
export const documentedRateLimit = { requests: 100, intervalMs: 60_000 };
