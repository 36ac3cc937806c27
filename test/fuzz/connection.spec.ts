import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { runCampaign } from './harness/campaign.js';
import { Connection } from './harness/connection.js';
import { Contract } from './harness/contract.js';
import type { World } from './harness/world.js';

const REQUEST = Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
/** For what is said or not said; a pause of the machine is no silence where something is to come. */
const PATIENCE_MS = { forNothing: 50, forAnAnswer: 3_500, forAnEnd: 30_000 };

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  server.close();
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A server that says the same to whatever it hears; null for one that hangs up. */
async function connectionTo(words: string | null, patienceMs = PATIENCE_MS.forAnEnd): Promise<Connection> {
  return new Connection(await portOf(words, patienceMs === PATIENCE_MS.forAnEnd ? 'end' : 'stay'), patienceMs);
}

async function portOf(words: string | null, then: 'end' | 'stay' = 'end'): Promise<number> {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket
      .on('error', () => undefined)
      .once('data', () => {
        if (words === null) socket.destroy();
        else if (then === 'end') socket.end(words);
        else socket.write(words);
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

describe('a connection of the fuzzer', () => {
  it.each([
    ['silence', '', 'silent'],
    ['half an answer', ANSWER.slice(0, -2), 'silent'],
  ] as const)('tells %s from an answer', async (_what, words, ending) => {
    expect(await (await connectionTo(words, PATIENCE_MS.forNothing)).exchange(REQUEST, 'GET')).toBe(ending);
  });

  it('tells a server that hangs up from one that answers', async () => {
    expect(await (await connectionTo(null)).exchange(REQUEST, 'GET')).toBe('closed');
  });

  it('says when behind abuse there was silence, or an answer that ended too early', async () => {
    const silent = await connectionTo(ANSWER, PATIENCE_MS.forAnAnswer);
    expect(await silent.abuse([REQUEST])).toMatchObject({ answers: [{ status: 200 }], ending: 'silent' });
    server.close();
    const early = await connectionTo(ANSWER.replace(': 0', ': 5'));
    expect(await early.abuse([REQUEST])).toMatchObject({ answers: [], ending: 'closed', isWhole: false });
  });

  it.each([
    ['two answers to one request', ANSWER + ANSWER],
    ['a length that is none', ANSWER.replace(': 0', ': -1')],
    ['a size of a chunk that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['another protocol', 'SSH-2.0-x\r\n\r\n'],
  ])('refuses %s', async (_what, words) => {
    const connection = await connectionTo(words);
    await expect(connection.exchange(REQUEST, 'GET')).rejects.toThrow();
  });
});

describe('a campaign', () => {
  it('counts requests, not answers, and owes each one a finding that got none', async () => {
    const world = { contract: new Contract() } as World;
    const draw = () => ({ kind: 'abuse', name: 'x', pieces: [REQUEST], judge: () => [] }) as const;
    const port = await portOf(null);
    const { requests, unexpected, findings } = await runCampaign({ port, world, draw, requests: 20, connections: 1 });
    expect({ requests, unexpected, findings: findings.length }).toEqual({ requests: 20, unexpected: 20, findings: 20 });
  });
});
