/** Ids by a value that several resources may share. */
export class AttributeIndex {
  // A lone id is not wrapped: in a world of 100,000 users nearly all of them are alone.
  readonly #ids = new Map<string, string | Set<string>>();

  add(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === undefined) this.#ids.set(value, id);
    else if (typeof known !== 'string') known.add(id);
    else if (known !== id) this.#ids.set(value, new Set([known, id]));
  }

  delete(value: string, id: string): void {
    const known = this.#ids.get(value);
    if (known === id) this.#ids.delete(value);
    else if (known instanceof Set) known.delete(id);
  }

  get(value: string): readonly string[] {
    const known = this.#ids.get(value);
    if (known === undefined) return [];
    return typeof known === 'string' ? [known] : [...known];
  }

  clear(): void {
    this.#ids.clear();
  }
}
