import type { KeyKind } from './key-kind.js';

/** Something that can be wrong, and what a person can do about it. */
export interface Remedy {
  /**
   * `{principals}`, `{eventTypes}` and `{opened}` are filled in by who knows them; `{the key}` stands for itself where nobody is
   * named, and else for the key or keys of those.
   */
  readonly message: string;
  /** The same for an error, which names nobody: where the message has a place that is filled in. */
  readonly unnamed?: string;
  readonly remedy: string;
  /** What is added to the remedy where several keys fail so, each of a workspace of its own. */
  readonly several?: string;
  /** The remedy where the key is used for several workspaces: another one entered in its place would close the others. */
  readonly shared?: string;
  /** What is said in place of it, at no field, where something of the workspace answers to the key: both are right. */
  readonly alive?: Pick<Remedy, 'message' | 'remedy'>;
  /** What is said in place of it for a key that starts so: each kind is made, and given its permissions, elsewhere. */
  readonly of?: { readonly [Kind in KeyKind]?: Partial<Pick<Remedy, 'message' | 'remedy'>> };
  /** @default 'error' */
  readonly severity?: 'warning' | 'info';
  /** The field of the form, or `baseUrl` for the address of whichever service was asked. */
  readonly field?:
    | 'baseUrl'
    | 'scimBaseUrl'
    | 'scimToken'
    | 'provisioning'
    | 'complianceApiKey'
    | 'complianceApiKeys'
    | 'workspaceIds'
    | 'organizationId'
    | 'platformApiKey';
  readonly link?: string;
}

/** Both sentences in one, for an error that cannot name what it is about. */
export function explain({ message, unnamed = message, remedy }: Remedy): string {
  return `${nameKeys(unnamed)} ${remedy}`;
}

/** Whose key, or keys, `{the key}` stands for; of nobody in particular where there are no names. */
export function nameKeys(message: string, names = '', areSeveral = false): string {
  return message.replace(/\{(the) ((?:Admin )?key)\}/gi, (_place, article: string, key: string) => {
    if (names === '') return `${article} ${key}`;
    if (!areSeveral) return `${article} ${key} of ${names}`;
    return `${article === 'The' ? 'Each' : 'each'} of the ${key}s of ${names}`;
  });
}

/** The words for a key that starts so. */
export function ofKind({ of, ...remedy }: Remedy, kind: KeyKind | undefined): Remedy {
  return { ...remedy, ...(kind && of?.[kind]) };
}

// A function, so that a bundler can leave out what nobody uses: it does not trust template literals.
export function catalogue<Code extends string>(create: () => Record<Code, Remedy>): Readonly<Record<Code, Remedy>> {
  return create();
}

export const keysExchanged = 'Check first whether the keys of {principals} were exchanged.';

/** Where a workspace is given its own key, for a form that has one key for several. */
export function giveItsOwnKey(adminKeys: string): string {
  return `Create an Admin key in {principals} under ${adminKeys}, and enter it with the workspace ID in the field Compliance API keys by workspace: a Compliance API key without an ID is used for the other workspaces too.`;
}

export const setItsSource = 'Set what the value is taken from, or leave it out.';

/** What is printed for no value, as of a variable that is not set, in words. Only those of a short list are repeated. */
export function unsetWord(text: string): string | undefined {
  if (/^\[object \w+\]$/i.test(text)) return 'what a program prints for an object, and no text';
  const isUnset = /^(?:null|undefined|none|nan)$/i.test(text);
  return isUnset ? `the word \`${text}\`, as a variable that is not set prints` : undefined;
}

export const enterSecretItself =
  'Enter the secret itself. A program that stores connections stores `structuredClone(config)`: the JSON of a config is redacted.';
