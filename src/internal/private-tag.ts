/** Gives what it is made with: the constructor of a subclass then puts its private field on that very object. */
class Returned {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what this class is for.
    return object;
  }
}

/** A note of one kind on objects of any kind. */
export interface PrivateTag<Value> {
  /** Puts the note on an object, in place of an earlier one. */
  set(object: object, value: Value): void;
  get(object: object): Value | undefined;
}

/**
 * Makes a kind of note. It costs no more than a property and is no key of the object, so that it is in no JSON, no copy, no
 * comparison and nothing that is printed. (A WeakMap costs eight times as much.)
 */
export function createPrivateTag<Value>(): PrivateTag<Value> {
  return class Tag extends Returned {
    #value: Value;

    constructor(object: object, value: Value) {
      super(object);
      this.#value = value;
    }

    static set(object: object, value: Value): void {
      if (#value in object) object.#value = value;
      else new Tag(object, value);
    }

    static get(object: object): Value | undefined {
      return #value in object ? object.#value : undefined;
    }
  };
}
