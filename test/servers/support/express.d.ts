// Just enough of Express for the servers here: its own types would be one more dependency.
declare module 'express' {
  import type { RequestListener } from 'node:http';

  export interface Application extends RequestListener {
    use(path: string, handler: unknown): this;
    disable(setting: string): this;
  }
  export default function express(): Application;
}

declare module 'express4' {
  export { type Application, default } from 'express';
}
