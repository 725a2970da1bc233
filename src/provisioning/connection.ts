import { contextsOf } from '../scim/client.js';
import { sha256 } from './canonical-json.js';
import type { PlanConnection } from './plan.js';

/** Which directory a client reaches, without what opens it: the same for two clients of one SCIM URL. */
export async function connectionOf(client: unknown): Promise<PlanConnection> {
  const [users] = contextsOf(client);
  const url = new URL(users.server.transport.baseUrl);
  const directory = await sha256(`${url.origin}${url.pathname.replace(/\/+$/, '')}`);
  return { host: url.host, directory };
}
