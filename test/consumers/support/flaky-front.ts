import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const BAD_GATEWAY = 502;
const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** A load balancer in front of a consumer, which loses answers: the consumer was asked, and has answered. */
export interface FlakyFront {
  readonly url: string;
  /** How many answers are still to be lost, to different posts; each is told as a 502. */
  lose(answers: number): void;
  stop(): Promise<void>;
}

export async function flakyFront(target: () => string): Promise<FlakyFront> {
  let left = 0;
  const lost = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming);
    // A consumer that is away or dies is a 502, too, as load balancers tell it.
    const status = await passedOn(incoming, body, target()).catch(() => BAD_GATEWAY);
    const isLost = left > 0 && !lost.has(body);
    if (isLost) {
      left -= 1;
      lost.add(body);
    }
    outgoing.writeHead(isLost ? BAD_GATEWAY : status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (answers) => {
      left = answers;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function passedOn(incoming: IncomingMessage, body: string, target: string): Promise<number> {
  const headers = Object.entries(incoming.headersDistinct)
    .filter(([name]) => !HOP_BY_HOP.has(name))
    .map(([name, values]): [string, string] => [name, values?.join() ?? '']);
  const answer = await fetch(`${target}${incoming.url}`, { method: 'POST', headers, body });
  await answer.arrayBuffer();
  return answer.status;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
