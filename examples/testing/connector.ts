import {
  type ConnectionConfigInput,
  type ConnectOptions,
  connect,
  parseConnectionConfig,
} from 'chatgpt-enterprise-sdk';
import { canProvision, filter, type UpsertOutcome } from 'chatgpt-enterprise-sdk/scim';

/** A person of your own directory. */
export interface Employee {
  readonly email: string;
  readonly name: string;
}

/** A connector as you might write it: it takes the form, and options that a test can fill in. */
export async function provisionEmployee(
  form: ConnectionConfigInput,
  { email, name }: Employee,
  options: ConnectOptions = {},
): Promise<UpsertOutcome> {
  await using connection = connect(parseConnectionConfig(form, { require: ['scim'] }), options);
  const { scim } = connection;
  if (!canProvision(scim)) throw new Error('This connection may not provision.');
  const emails = [{ value: email, type: 'work', primary: true }];
  const { outcome } = await scim.users.upsert({ userName: email, displayName: name, active: true, emails });
  return outcome;
}

/** Whether someone can sign in. */
export async function isActive(
  form: ConnectionConfigInput,
  email: string,
  options: ConnectOptions = {},
): Promise<boolean> {
  await using connection = connect(parseConnectionConfig(form, { require: ['scim'] }), options);
  const user = await connection.scim.users.find(filter`userName eq ${email}`);
  return user?.active === true;
}

/** How often each address failed to sign in. */
export async function countFailedSignIns(
  form: ConnectionConfigInput,
  after: string,
  options: ConnectOptions = {},
): Promise<Map<string, number>> {
  await using connection = connect(parseConnectionConfig(form, { require: ['compliance'] }), options);
  const failures = new Map<string, number>();
  for await (const event of connection.auditLogs.events({ eventTypes: ['AUTH_LOG'], after })) {
    const { actor, action_data: data } = event;
    if (data?.action !== 'login_failed' || actor?.type !== 'ACCOUNT_USER') continue;
    const email = actor.user_email ?? 'unknown';
    failures.set(email, (failures.get(email) ?? 0) + 1);
  }
  return failures;
}
