import { ScimClient } from '../../../src/scim/index.js';

// Upserts users, as other processes do at the same time: `node upsert-child.mjs <base URL> <token> <users>`.
const [baseUrl = '', token = '', count = '0'] = process.argv.slice(2);

const client = new ScimClient({
  baseUrl,
  token,
  access: { provisioning: true },
  rateLimit: false,
  dangerouslyAllowHttpLoopback: true,
});
const ids: string[] = [];
for (let index = 0; index < Number(count); index += 1) {
  const userName = `person-${index}@north.example`;
  const { resource } = await client.users.upsert({
    userName,
    title: `of ${process.pid}`,
    emails: [{ value: userName, type: 'work', primary: true }],
  });
  ids.push(resource.id);
}
process.stdout.write(JSON.stringify(ids));
