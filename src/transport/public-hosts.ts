import { checkObject, checkOptions, checkText } from '../errors/check-options.js';
import { nodeBuiltin } from '../internal/node-builtin.js';

/** How {@link publicHostsOnly} finds out where a name leads. */
export interface PublicHostsOptions {
  /**
   * Gives every address of a name, as text: for a runtime without `node:dns`, or names that are resolved elsewhere. An empty
   * list refuses the host. What it throws stops the request, and is told as a `network_error`.
   *
   * @default `dns.lookup` of Node, Bun and Deno: what the runtime connects by
   */
  readonly lookup?: ((hostname: string) => Promise<readonly string[]>) | undefined;
}

/**
 * For `allowHost`: allows hosts on the public internet and no others. Refuses addresses that are private, of this machine, of
 * its link or its carrier, of metadata services, multicast, reserved or for documentation, however the URL or IPv6 spells
 * them; names of local networks (`localhost`, `*.internal`, `*.local`, without a dot); and names of which any address is
 * refused, or that do not exist. Goes by scheme and host: any port is allowed.
 *
 * Where the runtime cannot resolve names (browsers, Cloudflare Workers) and no `lookup` is given, a name is judged as it is
 * written. Nor can it know what the name leads to a moment later, when the connection is opened, or behind a proxy: the guide
 * for multi-tenant products says how to close that.
 *
 * @throws What the lookup rejects with, where that does not mean that the name does not exist.
 * @example
 * ```ts
 * import { connect, publicHostsOnly, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env), { allowHost: publicHostsOnly });
 * console.log((await connection.check()).verdict);
 * ```
 */
export async function publicHostsOnly(url: URL, options?: PublicHostsOptions): Promise<boolean> {
  checkObject('url', url);
  const { lookup } = checkOptions('publicHostsOnly()', options, { lookup: true });
  const { protocol, hostname } = url;
  // Of other schemes the parser does not normalise the host.
  if (protocol !== 'https:' && protocol !== 'http:') return false;
  if (isAddress(hostname)) return isPublicAddress(hostname);
  if (!isPublicName(hostname)) return false;
  try {
    const addresses = await (lookup ?? lookUp)(hostname);
    return addresses === undefined || (addresses.length > 0 && addresses.every(isPublicAddress));
  } catch (error) {
    // Whether an internal name exists is not told either.
    if (['ENOTFOUND', 'ENODATA'].includes(codeOf(error))) return false;
    throw error;
  }
}

/**
 * Whether an IP address, as text, is one of the public internet. For a `lookup` that looks at an address just before it is
 * connected to. `false` for what is not an address.
 */
export function isPublicAddress(address: string): boolean {
  checkText('address', address);
  // No part of a URL but a host.
  if (!/^[\w.:[\]]+$/.test(address)) return false;
  // The parser of URLs reads every spelling, and leaves one.
  const href = `https://${address.includes(':') && !address.startsWith('[') ? `[${address}]` : address}`;
  const hostname = URL.canParse(href) ? new URL(href).hostname : '';
  if (!isAddress(hostname)) return false;
  if (!hostname.startsWith('[')) return isPublicV4(bitsOfV4(hostname));
  const bits = bitsOfV6(hostname.slice(1, -1));
  if (isIn(bits, v4InV6)) return isPublicV4(bits.slice(96));
  return isIn(bits, unicastV6) && !isIn(bits, specialV6);
}

// https://www.iana.org/assignments/iana-ipv4-special-registry, and from 224.0.0.0 on multicast and reserved. 192.0.0.0/24 and
// 100.64.0.0/10 hold metadata services too (Oracle, Alibaba); 168.63.129.16 is that of Azure, in a public range.
const specialV4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';
// An IPv4 address is behind it: mapped (RFC 4291), and by NAT64 (RFC 6052), as networks without IPv4 reach the rest.
const v4InV6 = '::ffff:0:0/96 64:ff9b::/96';
// All else is not given out: loopback, unique local, link-local, multicast, IPv4-compatible, local NAT64, and what comes.
const unicastV6 = '2000::/3';
// https://www.iana.org/assignments/iana-ipv6-special-registry: protocols (Teredo, ORCHID, benchmarks), documentation, 6to4.
const specialV6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';

function isPublicV4(bits: string): boolean {
  return !isIn(bits, specialV4);
}

function isIn(bits: string, ranges: string): boolean {
  return ranges.split(' ').some((range) => {
    const [first = '', length] = range.split('/');
    const ofRange = first.includes(':') ? bitsOfV6(first) : bitsOfV4(first);
    return bits.startsWith(ofRange.slice(0, Number(length)));
  });
}

function bitsOfV4(address: string): string {
  return binary(address.split('.'), 10, 8);
}

function bitsOfV6(address: string): string {
  const [before = [], after = []] = address.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return binary([...before, ...zeros, ...after], 16, 16);
}

function binary(numbers: readonly string[], radix: number, bits: number): string {
  return numbers.map((number) => Number.parseInt(number, radix).toString(2).padStart(bits, '0')).join('');
}

/** Of a host as the URL parser leaves it. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(hostname);
}

// RFC 6761 and 6762, 8375 (home.arpa), 9476 (alt), ICANN (internal), and what local networks use without being given it.
const localDomains =
  /^(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|alt|onion|test|invalid|example)$/;

function isPublicName(hostname: string): boolean {
  const labels = hostname.replace(/\.$/, '').split('.');
  const isName = hostname.length <= 254 && labels.length > 1 && !labels.includes('');
  return isName && !localDomains.test(labels.at(-1) ?? '');
}

interface NodeDns {
  readonly promises: { lookup(name: string, how: { all: true }): Promise<readonly { readonly address: string }[]> };
}

/** Undefined where the runtime cannot. */
async function lookUp(hostname: string): Promise<readonly string[] | undefined> {
  const dns = nodeBuiltin<NodeDns>('node:dns');
  try {
    return (await dns?.promises.lookup(hostname, { all: true }))?.map(({ address }) => address);
  } catch (error) {
    // workerd has the module and not the method.
    if (/not.implemented/i.test(`${codeOf(error)} ${error}`)) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown } | null | undefined)?.code ?? '');
}
