import { connect } from 'node:net';

/** Sends a request and closes its own side with it, as `nc -N` does; everything that comes until the server closes its own. */
export async function halfClosed(port: number, request: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).end(request).setEncoding('latin1');
  let text = '';
  for await (const chunk of socket) text += chunk as string;
  return text;
}
