/** What is wrong with how the program was called, or with a file that a person wrote: told in a sentence, without a stack. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}
