/** Returns its argument, so that the constructor of a subclass puts its private field on that very object. */
class Returned {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: what this class is for.
    return object;
  }
}

export interface PrivateTag<Value> {
  set(object: object, value: Value): void;
  get(object: object): Value | undefined;
}

/**
 * Makes a tag for objects. It costs no more than a property (a WeakMap eight times as much) and is no key: no JSON, copy,
 * comparison or print shows it.
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
      // JavaScript callers may ask about anything.
      return Object(object) === object && #value in object ? object.#value : undefined;
    }
  };
}
