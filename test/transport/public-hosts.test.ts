import { expect, test, vi } from 'vitest';
import { isPublicAddress, publicHostsOnly } from '../../src/transport/public-hosts.js';
import { cpuMs } from '../support/cpu-ms.js';

/** Nothing here may ask a resolver unless the test says so. */
const noLookup = () => Promise.reject(new Error('A name was looked up.'));
const judge = (host: string) => publicHostsOnly(new URL(`https://${host}/`), { lookup: noLookup });

test.each([
  ['8.8.8.8', true],
  ['1.1.1.1', true],
  ['100.63.255.255', true],
  ['100.128.0.0', true],
  ['172.15.255.255', true],
  ['172.32.0.0', true],
  ['192.167.255.255', true],
  ['223.255.255.255', true],
  ['0.0.0.0', false],
  ['0.1.2.3', false],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['100.100.100.200', false],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['168.63.129.16', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['192.0.0.192', false],
  ['192.0.2.1', false],
  ['192.88.99.1', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['198.19.255.255', false],
  ['198.51.100.7', false],
  ['203.0.113.7', false],
  ['224.0.0.1', false],
  ['239.255.255.255', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
])('judges the IPv4 address %s as public: %s', async (host, isPublic) => {
  expect(await judge(host)).toBe(isPublic);
  expect(isPublicAddress(host)).toBe(isPublic);
  expect(isPublicAddress(`::ffff:${host}`)).toBe(isPublic);
  expect(isPublicAddress(`64:ff9b::${host}`)).toBe(isPublic);
});

test.each([
  ['2606:4700:4700::1111', true],
  ['2a00:1450:4001:81b::200e', true],
  ['2001:200::1', true],
  ['::', false],
  ['::1', false],
  ['::8.8.8.8', false],
  ['64:ff9b:1::8.8.8.8', false],
  ['100::1', false],
  ['2001::1', false],
  ['2001:2::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['2002:808:808::', false],
  ['3fff::1', false],
  ['4000::1', false],
  ['5f00::1', false],
  ['fc00::1', false],
  ['fd00:ec2::254', false],
  ['fd20:ce::254', false],
  ['fe80::1', false],
  ['fec0::1', false],
  ['ff02::1', false],
])('judges the IPv6 address %s as public: %s', async (host, isPublic) => {
  expect(await judge(`[${host}]`)).toBe(isPublic);
  expect(isPublicAddress(host)).toBe(isPublic);
});

test.each([
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '１２７.0.0.1',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0xa9fea9fe',
  '2852039166',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[::127.0.0.1]',
  'user:secret@127.0.0.1',
  '127.0.0.1:8443',
])('sees an internal address in the spelling %s', async (host) => {
  expect(await judge(host)).toBe(false);
});

test.each([
  'localhost',
  'LOCALHOST.',
  'ⓛocalhost',
  'api.localhost',
  'printer.local',
  'metadata.google.internal',
  'metadata.google.internal.',
  'vault.corp',
  'router.lan',
  'nas.home.arpa',
  'scim.test',
  'hidden.onion',
  'kubernetes',
  'metadata',
  'xn--p1ai',
  'a..example.com',
])('refuses the name %s without looking it up', async (host) => {
  expect(await judge(host)).toBe(false);
});

test('refuses a name that is longer than names can be', async () => {
  expect(await judge(`${'a.'.repeat(200)}com`)).toBe(false);
});

test('refuses schemes of which the host is not normalised', async () => {
  expect(await publicHostsOnly(new URL('gopher://0x7f.1/'), { lookup: noLookup })).toBe(false);
  expect(await publicHostsOnly(new URL('file:///etc/passwd'), { lookup: noLookup })).toBe(false);
});

test.each([
  [['93.184.215.14'], true],
  [['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'], true],
  [['93.184.215.14', '10.0.0.1'], false],
  [['2606:4700::1111', '::1'], false],
  [['64:ff9b::5db8:d70e'], true],
  [['64:ff9b::a00:1'], false],
  [['fe80::1%eth0'], false],
  [['not an address'], false],
  [[], false],
])('allows a name that leads to %j: %s', async (addresses, isAllowed) => {
  const lookup = vi.fn(async () => addresses);
  expect(await publicHostsOnly(new URL('https://scim.acme.com:8443/x?y=1'), { lookup })).toBe(isAllowed);
  expect(lookup.mock.calls).toEqual([['scim.acme.com']]);
});

test('refuses a name that does not exist, as it does one that is internal', async () => {
  for (const code of ['ENOTFOUND', 'ENODATA']) {
    const lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code }));
    expect(await publicHostsOnly(new URL('https://scim.acme.com/'), { lookup })).toBe(false);
  }
});

test('says nothing where the resolver is out of order', async () => {
  const failure = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
  const lookup = () => Promise.reject(failure);
  await expect(publicHostsOnly(new URL('https://scim.acme.com/'), { lookup })).rejects.toBe(failure);
});

test('asks the resolver of the runtime for every address of a name', async () => {
  const lookup = vi.fn(async () => [{ address: '93.184.215.14' }, { address: '10.0.0.1' }]);
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue({ promises: { lookup } } as never);
  expect(await publicHostsOnly(new URL('https://scim.acme.com/'))).toBe(false);
  expect(lookup.mock.calls).toEqual([['scim.acme.com', { all: true }]]);
});

test('goes by the name alone where the runtime cannot resolve it', async () => {
  const url = new URL('https://scim.acme.com/');
  const builtin = vi.spyOn(process, 'getBuiltinModule');
  builtin.mockReturnValue(undefined);
  expect(await publicHostsOnly(url)).toBe(true);
  expect(await publicHostsOnly(new URL('https://metadata.google.internal/'))).toBe(false);
  // As workerd says it.
  builtin.mockReturnValue({ promises: { lookup: () => Promise.reject(new Error('Not implemented')) } } as never);
  expect(await publicHostsOnly(url)).toBe(true);
});

test.each(['', ' ', '[', '[]', '::1]', '256.1.1.1', 'example.com', '8.8.8.8:53', '10.0.0.1@8.8.8.8', '8.8.8.8/x'])(
  'takes %j for no address, without an error',
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
  },
);

test('takes no longer for hostile input than its length asks for', async () => {
  const before = cpuMs();
  for (const part of ['.', ':', '1.', 'a.', '0', '[', '::']) {
    const text = part.repeat(200_000);
    isPublicAddress(text);
    const href = `https://a${text}`;
    if (URL.canParse(href)) await publicHostsOnly(new URL(href), { lookup: noLookup });
  }
  expect(cpuMs() - before).toBeLessThan(2_000);
});
