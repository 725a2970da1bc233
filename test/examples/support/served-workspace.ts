/**
 * To be imported before an example: what it sends to the addresses in `FROM` goes to those in `TO`, one for each, where the
 * test serves an emulator that outlives the program. The form has only addresses of `https`.
 */
const [from, to] = [process.env.FROM, process.env.TO].map((list) => (list ?? '').split(' '));
const real = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  const index = from?.findIndex((base) => url.startsWith(base)) ?? -1;
  const [base, other] = [from?.[index], to?.[index]];
  if (base === undefined || other === undefined) throw new TypeError(`Nothing is served at ${new URL(url).origin}.`);
  return real(`${other}${url.slice(base.length)}`, input instanceof Request ? input : init);
};
