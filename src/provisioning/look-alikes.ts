import { foldCase } from '../scim/filter/compare.js';
import { readAttribute } from '../scim/schemas/names.js';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Finds a rename that looks like somebody leaving and somebody joining: an account that nobody claims and a desired user
 * without an account, with one name or one address. With the address alone it counts too where the account would stay.
 */
export class LookAlikes {
  readonly #newBySign = new Map<string, number[]>();
  readonly #livesOf = new Map<number, Set<string>>();
  readonly #alikeLives = new Set<string>();

  addNew(index: number, attributes: Attributes): void {
    for (const sign of new Set([...addressesOf(attributes), ...namesOf(attributes)])) {
      const known = this.#newBySign.get(sign);
      if (known === undefined) this.#newBySign.set(sign, [index]);
      else known.push(index);
    }
  }

  /** Only once everybody new was added. */
  addLive(id: string, row: Attributes, mayGo: boolean): void {
    if (this.#newBySign.size === 0) return;
    for (const sign of [...addressesOf(row), ...(mayGo ? namesOf(row) : [])]) {
      for (const index of this.#newBySign.get(sign) ?? []) {
        const lives = this.#livesOf.get(index);
        if (lives === undefined) this.#livesOf.set(index, new Set([id]));
        else lives.add(id);
        this.#alikeLives.add(id);
      }
    }
  }

  isLiveAlike(id: string): boolean {
    return this.#alikeLives.has(id);
  }

  livesLike(index: number): readonly string[] {
    return [...(this.#livesOf.get(index) ?? [])].sort();
  }
}

function addressesOf(attributes: Attributes): string[] {
  const emails = readAttribute(attributes, 'emails');
  const listed = Array.isArray(emails) ? emails.map((email: unknown) => readAttribute(email, 'value')) : [];
  const addresses = [readAttribute(attributes, 'userName'), ...listed].flatMap((value) =>
    typeof value === 'string' && value.includes('@') ? [`@ ${plain(value)}`] : [],
  );
  return addresses;
}

function namesOf(attributes: Attributes): string[] {
  const name = readAttribute(attributes, 'name');
  const [given, family] = ['givenName', 'familyName'].map((part) => readAttribute(name, part));
  const whole = typeof given === 'string' && typeof family === 'string' && given && family ? `${given} ${family}` : '';
  const names = [readAttribute(attributes, 'displayName'), readAttribute(name, 'formatted'), whole];
  return names.flatMap((text) => (typeof text === 'string' && text.trim() !== '' ? [`n ${plain(text)}`] : []));
}

function plain(text: string): string {
  return foldCase(text.normalize('NFC').trim().replace(/\s+/g, ' '));
}
