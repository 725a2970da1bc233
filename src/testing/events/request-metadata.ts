import type { EventContext } from './event-context.js';

const places = [
  { country: 'DE', city: 'Berlin', region: 'Berlin', region_code: 'BE', latitude: '52.52', longitude: '13.40' },
  { country: 'US', city: 'Portland', region: 'Oregon', region_code: 'OR', latitude: '45.52', longitude: '-122.68' },
  { country: 'JP', city: 'Osaka', region: 'Osaka', region_code: '27', latitude: '34.69', longitude: '135.50' },
  { country: 'NO', city: 'Bergen', region: 'Vestland', region_code: '46', latitude: '60.39', longitude: '5.32' },
] as const;

const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'ChatGPT/1.2026.300 (iOS 20.1; iPhone18,2)',
] as const;

/** Where a person's request came from. Addresses are from the ranges kept for documentation (RFC 5737). */
export function browserRequest({ random }: EventContext) {
  return {
    client_ip: `203.0.113.${random.integer(1, 254)}`,
    client_ip_details: { ...random.pick(places), asn: String(random.integer(64496, 64511)) },
    client_user_agent: random.pick(browsers),
    client_ja3: random.hex(32),
    client_ja4: `t13d1516h2_${random.hex(12)}_${random.hex(12)}`,
    destination_hostname: 'chatgpt.com',
  };
}

/** Where a program's request came from. */
export function programRequest({ random }: EventContext) {
  return {
    client_ip: `198.51.100.${random.integer(1, 254)}`,
    client_user_agent: 'acme-collector/1.0',
    client_ja3: '',
    client_ja4: '',
    destination_hostname: 'api.chatgpt.com',
  };
}
