import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';

/** A request as a webhook's receiver saw it. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What a receiver does with its nth request, from 1: the status it answers, or null for no answer at all. Or it resets every
 * connection, or answers 200 and never comes to the end of the body.
 */
export type Behaviour = ((nth: number, seen: Seen) => number | null) | 'reset' | 'endless';

/** A webhook's receiver on this machine. */
export interface Receiver {
  /** Its origin. */
  readonly origin: string;
  readonly seen: readonly Seen[];
}

const CHUNK = Buffer.alloc(16 * 1024);
const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** Starts a receiver that ends with the test; with an identity, over TLS. It answers no sooner than `ready`. */
export async function receiver(
  behaviour: Behaviour = () => 200,
  identity?: { readonly cert: string; readonly key: string },
  ready: Promise<void> | null = null,
): Promise<Receiver> {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      if (behaviour === 'reset') request.socket.destroy();
      else if (behaviour === 'endless') writeForEver(response);
      else if (ready === null) answer(response, behaviour(seen.length, one));
      else ready.then(() => answer(response, behaviour(seen.length, one)));
    });
  };
  const server = identity === undefined ? createServer(listener) : createSecureServer(identity, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  running.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const scheme = identity === undefined ? 'http' : 'https';
  return { origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Redirects lead nowhere: whoever followed one would fail otherwise. */
function answer(response: ServerResponse, status: number | null): void {
  if (status !== null)
    response.writeHead(status, { location: 'http://elsewhere.invalid/' }).end(status === 204 ? '' : 'ignored');
}

function writeForEver(response: ServerResponse): void {
  response.on('error', () => undefined);
  const write = () => {
    while (!response.destroyed && response.write(CHUNK));
  };
  response.on('drain', write);
  write();
}
