/**
 * Lets the machine's timers, and answers that are there, have their turn: what is under way takes no time of a clock that
 * skips waits.
 */
export async function letOthersRun(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await nextTurn();
}

// A message port goes on where a test has put fake timers in the place of real ones. Older workerd has none.
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
