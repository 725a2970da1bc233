import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** A page that was opened. */
export interface OpenPage {
  /** What an expression gives in the page, as JSON can hold it. */
  evaluate(expression: string): Promise<unknown>;
  /** As base64, the whole page. */
  screenshot(): Promise<string>;
  /** What was written to the console, thrown or refused. */
  readonly messages: readonly string[];
  /** What was asked for, the page itself as well. */
  readonly requests: readonly string[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

type Result = Readonly<Record<string, unknown>>;
type Send = (method: string, params?: object, sessionId?: string) => Promise<Result>;

/** Opens a page in Chromium in each of the views, one after the other. Speaks its DevTools protocol over a pipe. */
export async function lookAt(
  chromium: string,
  url: string,
  views: readonly View[],
  look: (page: OpenPage, view: View) => Promise<void>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`];
  const child = spawn(chromium, [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  // Both are there: they were asked for as pipes.
  const [, , , orders, answers] = child.stdio as [unknown, unknown, unknown, Writable, Readable];
  const listeners = new Set<(message: Message) => void>();
  const waiting = new Map<number, { resolve(result: Result): void; reject(reason: Error): void }>();
  const fail = (why: string) => {
    for (const { reject } of waiting.values()) reject(new Error(why));
  };
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code) => fail(`Chromium ended by itself, with code ${code}.`));
  orders.on('error', (error) => fail(error.message));
  onMessages(answers, (message) => {
    const { id, result = {}, error } = message;
    if (id === undefined) for (const listener of listeners) listener(message);
    else if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(JSON.stringify(error)));
  });
  const send: Send = (method, params = {}, sessionId) => {
    const id = waiting.size + 1;
    return new Promise<Result>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      orders.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  };
  try {
    for (const view of views) await look(await openPage({ send, listeners }, url, view), view);
  } finally {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openPage(
  { send, listeners }: { readonly send: Send; readonly listeners: Set<(message: Message) => void> },
  url: string,
  { width, scheme }: View,
): Promise<OpenPage> {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const tell = (method: string, params: object = {}) => send(method, params, String(sessionId));
  const messages: string[] = [];
  const requests: string[] = [];
  let tellLoaded = () => {};
  const loaded = new Promise<void>((resolve) => {
    tellLoaded = resolve;
  });
  listeners.add(({ method = '', params = {} }) => {
    if (method === 'Page.loadEventFired') tellLoaded();
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { readonly url: string }).url);
    if (['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded'].includes(method)) {
      messages.push(`${method} ${JSON.stringify(params)}`);
    }
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await tell(`${domain}.enable`);
  const size = { width, height: 800, deviceScaleFactor: 1, mobile: width < 600 };
  await tell('Emulation.setDeviceMetricsOverride', size);
  await tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await tell('Page.navigate', { url });
  await loaded;
  return {
    messages,
    requests,
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await tell('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { readonly value: unknown }).value;
    },
    screenshot: async () => String((await tell('Page.captureScreenshot', { captureBeyondViewport: true })).data),
  };
}

/** They come one after the other, each with a zero behind it. */
function onMessages(stream: Readable, tell: (message: Message) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) tell(JSON.parse(part) as Message);
  });
}
