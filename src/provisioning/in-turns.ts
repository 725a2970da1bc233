/** Works on a list with so many at once. The first failure ends it, once what is under way has ended. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const goOn = async () => {
    while (failure === undefined && next < items.length) {
      const index = next++;
      try {
        // The index is below the length.
        await work(items[index] as T);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, goOn));
  if (failure !== undefined) throw failure.error;
}
