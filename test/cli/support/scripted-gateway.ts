import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What to answer a request; `drop` cuts the connection. */
export type ScriptedAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'drop';

export interface ScriptedGateway {
  readonly url: string;
  /** Bodies in the order of their arrival. */
  readonly bodies: readonly string[];
  readonly headers: readonly IncomingMessage['headers'][];
  readonly close: () => void;
}

/** Answers requests from a script, the last answer for ever: what a gateway says when it is not well. */
export async function startScriptedGateway(script: readonly ScriptedAnswer[]): Promise<ScriptedGateway> {
  const bodies: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    headers.push(request.headers);
    bodies.push(Buffer.concat(chunks).toString());
    answer(response, script[Math.min(bodies.length, script.length) - 1] ?? 'drop');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    headers,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(response: ServerResponse, scripted: ScriptedAnswer): void {
  if (scripted === 'drop') {
    response.destroy();
    return;
  }
  response.writeHead(scripted.status, scripted.headers);
  response.end(scripted.body === undefined ? '' : JSON.stringify(scripted.body));
}
