import { isSdkError } from 'chatgpt-enterprise-sdk';

/** Runs a program: what fails is told in words a person can act on, and the process exits with 1. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    process.exitCode = 1;
    if (!isSdkError(error)) throw error;
    console.error(`\n${error.message}`);
    if (error.remedy !== undefined) console.error(error.remedy);
  }
}
