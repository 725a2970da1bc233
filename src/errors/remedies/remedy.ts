/** Something that can be wrong, and what a person can do about it. */
export interface Remedy {
  /** `{principals}`, `{eventTypes}` and `{opened}` are filled in by who knows them. */
  readonly message: string;
  readonly remedy: string;
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
    | 'organizationId';
  readonly link?: string;
}

/** Both sentences in one, for an error that cannot name what it is about. */
export function explain({ message, remedy }: Remedy): string {
  return `${message.replace(/:? \{\w+\}/g, '')} ${remedy}`;
}

// A function, so that a bundler can leave out what nobody uses: it does not trust template literals.
export function catalogue<Code extends string>(create: () => Record<Code, Remedy>): Readonly<Record<Code, Remedy>> {
  return create();
}

export const enterSecretItself =
  'Enter the secret itself. A program that stores connections stores `structuredClone(config)`: the JSON of a config is redacted.';
