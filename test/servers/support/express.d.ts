// Just enough of Express for the servers here: its own types would be one more dependency.
declare module 'express' {
  import type { RequestListener } from 'node:http';

  export interface Application extends RequestListener {
    use(path: string, ...handlers: unknown[]): this;
    disable(setting: string): this;
  }
  function express(): Application;
  namespace express {
    function json(options: { readonly type: () => boolean; readonly limit: string }): unknown;
  }
  export default express;
}

declare module 'express4' {
  export { type Application, default } from 'express';

  export interface Request {
    readonly method: string;
    readonly params: Readonly<Record<string, string | undefined>>;
    readonly query: Readonly<Record<string, string | undefined>>;
    // Whatever was sent.
    readonly body: { readonly Operations: never[] };
    header(name: string): string | undefined;
  }
  export interface Response {
    status(code: number): this;
    type(name: string): this;
    end(body?: string): void;
  }
}
