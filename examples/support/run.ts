import { isSdkError } from 'chatgpt-enterprise-sdk';

/**
 * Runs a program, or a part of it that is said: what fails is told in words a person can act on, and the process exits with 1.
 */
export async function run(program: () => Promise<void>, whatFails?: string): Promise<void> {
  try {
    await program();
  } catch (error) {
    process.exitCode = 1;
    if (!isSdkError(error)) throw error;
    console.error(`\n${whatFails === undefined ? '' : `${whatFails} `}${error.message}`);
    if (error.remedy !== undefined) console.error(error.remedy);
  }
}
