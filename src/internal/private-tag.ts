/**
 * Gives what it is made with. The constructor of a subclass then puts its private fields on that object itself: a note that
 * costs no more than a property, and is no key of the object, so that it is in no JSON, no copy, no comparison and nothing
 * that is printed. (A WeakMap costs eight times as much.)
 */
export class PrivateTag {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what this class is for.
    return object;
  }
}
