/** What we use of polka 0.5, which comes without types. */
declare module 'polka' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Request extends IncomingMessage {
    url: string;
    method: string;
    /** The URL up to its query, still percent-encoded. */
    path: string;
    /** Still percent-encoded. */
    params: Record<string, string>;
    query: Record<string, string | string[]>;
  }
  export type Handler = (req: Request, res: ServerResponse) => void;
  export type Middleware = (req: Request, res: ServerResponse, next: () => void) => void;

  export interface Polka {
    use(...wares: Middleware[]): Polka;
    all(pattern: string, ...handlers: Handler[]): Polka;
    handler(req: IncomingMessage, res: ServerResponse): void;
  }
  export default function polka(options: { onNoMatch: Handler }): Polka;
}
