import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress, publicHostsOnly } from '../../src/transport/public-hosts.js';

// Node's own reader of addresses and ranges, beside ours.
const special = new BlockList();
for (const [first, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  special.addSubnet(first, bits, 'ipv4');
}
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');
const specialV6 = new BlockList();
specialV6.addSubnet('2001::', 23, 'ipv6');
specialV6.addSubnet('2001:db8::', 32, 'ipv6');
specialV6.addSubnet('2002::', 16, 'ipv6');
specialV6.addSubnet('3fff::', 20, 'ipv6');

// Half of them near the ranges.
const interesting = ['0.0.0.0', '10.255.255.255', '100.63.0.0', '100.127.0.9', '172.31.0.1', '172.32.0.1', '192.0.1.9'];
const ipv4 = fc.oneof(fc.ipV4(), fc.constantFrom(...interesting));

test('judges every IPv4 address as the ranges of the IANA do, in each of its spellings', () => {
  fc.assert(
    fc.property(ipv4, (address) => {
      const isPublic = !special.check(address, 'ipv4');
      const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
      const octal = address.split('.').map((part) => `0${Number(part).toString(8)}`);
      for (const spelling of [address, String(number), `0x${number.toString(16)}`, octal.join('.')]) {
        expect(isPublicAddress(spelling), spelling).toBe(isPublic);
      }
      expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublic);
    }),
  );
});

test('judges every IPv6 address as the ranges of the IANA do', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((part) => part.toString(16));
  const first = fc.constantFrom('2001', '2002', '2000', '3fff', '3ffe', '2600', 'fe80', 'fd00', '4000');
  const near = fc
    .tuple(first, fc.oneof(group, fc.constantFrom('0', '1ff', '200', 'db8', 'fff', '1000')), group)
    .map(([one, two, last]) => `${one}:${two}::${last}`);
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), near), (address) => {
      const isUnicast = unicast.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
      // Those with an IPv4 address inside are judged by it.
      fc.pre(!new URL(`http://[${address}]`).hostname.startsWith('[::ffff:'));
      fc.pre(!new URL(`http://[${address}]`).hostname.startsWith('[64:ff9b::'));
      expect(isPublicAddress(address), address).toBe(isUnicast);
    }),
  );
});

test('never allows a name of which one address is internal, wherever it stands among the others', async () => {
  const internal = ipv4.filter((address) => special.check(address, 'ipv4'));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.ipV4()), internal, fc.array(fc.ipV4()), async (before, bad, after) => {
      const lookup = async () => [...before, bad, ...after];
      expect(await publicHostsOnly(new URL('https://scim.acme.com/'), { lookup })).toBe(false);
    }),
  );
});
