/**
 * Runs the work of the next items while one is being used, and hands the results out in the order of the items.
 *
 * At most `ahead` items are under way or done but not handed out. The first failure, of an item or of the list of items,
 * comes in its place.
 */
export async function* prefetch<Item, Result>(
  items: AsyncGenerator<Item, void, undefined>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const slots: Promise<{ readonly result: Result } | undefined>[] = [];
  const fill = () => {
    while (slots.length < ahead) {
      // Calls of an async generator queue up, so every slot gets its own item, in order.
      const slot = items.next().then(async (item) => (item.done ? undefined : { result: await work(item.value) }));
      // It is awaited in its turn; until then a failure is not unhandled.
      slot.catch(() => {});
      slots.push(slot);
    }
  };
  try {
    for (;;) {
      fill();
      const next = await slots.shift();
      if (next === undefined) return;
      fill();
      yield next.result;
    }
  } finally {
    // Not awaited: a generator in the middle of a wait takes notice only when that wait ends.
    void items.return().catch(() => {});
  }
}
