// Runs a program of a guide as it stands: its form comes from the environment, its requests go to an emulator.
import { pathToFileURL } from 'node:url';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

const [program = '', access = ''] = process.argv.splice(2, 2);
const emulator = createEmulator();
globalThis.fetch = emulator.fetch;
process.env.CHATGPT_SCIM_BASE_URL = emulator.scim.baseUrl;
process.env.CHATGPT_SCIM_TOKEN = emulator.scim.token;
process.env.CHATGPT_PROVISIONING = process.env.CHATGPT_DEPROVISIONING = access;
await import(pathToFileURL(program).href);
const users = emulator.store.users.list().map(({ userName, active, title }) => ({ userName, active, title }));
const writes = emulator.requests.list().filter(({ method }) => method !== 'GET').length;
console.log(JSON.stringify({ users, writes }));
await emulator.close();
