/** An e-mail address. */
export interface Address {
  /** By this, addresses of all sources are compared. */
  readonly key: string;
  /** As it was spelled, in lower case, without what cannot be seen. */
  readonly text: string;
}

const plainAscii = /^[\x21-\x7e]+$/;
/** Marks that take no room: an address with one looks like the address without it. */
const invisible = /[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{feff}]/gu;
/** No name beside it, no scheme in front, and nothing masked: such a text is not known to be anybody's. */
const wholeAddress = /^[^\s@<>()[\],;:\\"*…•]+@[^\s@<>()[\],;:\\"*…•/?#%]+$/u;

/**
 * Reads an address, so that one address is one key however a source spells it: case, blanks, composed letters, marks that
 * cannot be seen, and domains of other letters. `undefined` for what is no whole address, or cannot be compared.
 */
export function readAddress(given: unknown): Address | undefined {
  if (typeof given !== 'string') return undefined;
  const trimmed = given.trim();
  const isPlain = plainAscii.test(trimmed);
  const text = isPlain
    ? trimmed.toLowerCase()
    : trimmed.replace(invisible, '').trim().normalize('NFC').toLowerCase().normalize('NFC');
  if (!wholeAddress.test(text) || text.includes('..')) return undefined;
  if (isPlain) return { key: text, text };
  const domainAt = text.indexOf('@') + 1;
  const domain = asciiDomain(text.slice(domainAt));
  return domain === undefined ? undefined : { key: text.slice(0, domainAt) + domain, text };
}

/** The keys of those that are addresses. */
export function addressesOf(all: readonly { readonly email?: string | undefined }[]): readonly string[] {
  return all.flatMap(({ email }) => readAddress(email)?.key ?? []);
}

/** The form that every server knows of a domain: one side may spell it out, the other not. */
function asciiDomain(domain: string): string | undefined {
  if (plainAscii.test(domain)) return domain;
  try {
    const { hostname } = new URL(`http://${domain}`);
    // Digits of another script could be read as the number of a machine.
    return /[a-z]/.test(hostname) ? hostname : undefined;
  } catch {
    return undefined;
  }
}
