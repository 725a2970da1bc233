// The patterns that OCSF 1.5.0 demands of values, in its dictionary.

const email = /^[\w!#$%&'*+\-/=?^`{|}~.]+@[a-z\d-]+\.[a-z\d.-]+$/i;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const ipv6 = /^(?=.*:)[\da-f:]{2,39}$/i;
const group = /^[\da-f]{1,4}$/i;

export function isEmailAddress(text: string): boolean {
  return text.length <= 320 && email.test(text);
}

/** Whether it is an address of IPv4, or of IPv6 without a dotted end or a zone. */
export function isIpAddress(text: string): boolean {
  return ipv4.test(text) || (ipv6.test(text) && isIpv6(text));
}

function isIpv6(text: string): boolean {
  const [before = '', after, ...more] = text.split('::');
  const groups = [before, after ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  const isComplete = after === undefined ? groups.length === 8 : groups.length < 8;
  return more.length === 0 && isComplete && groups.every((digits) => group.test(digits));
}
