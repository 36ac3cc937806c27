import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { publishChunk } from '../../../clients/typescript/src/publish-chunk.js';
import { Transport } from '../../../clients/typescript/src/transport.js';
import { HeldTiming } from '../support/held-timing.js';
import { problemTurn, ScriptedServer } from '../support/scripted-server.js';

const PATIENCE = { deadlineMs: 10_000, attemptTimeoutMs: 10_000, firstPauseMs: 100, longestPauseMs: 10_000 };
const EVENTS = ['{"k":1}', '{"k":2}', '{"k":3}'];

let server: ScriptedServer;
let timing: HeldTiming;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  timing = new HeldTiming(1);
});

function publish(deadlineMs = PATIENCE.deadlineMs) {
  const transport = new Transport({ baseUrl: server.url, credential: 'key', patience: PATIENCE, timing, fetch });
  return publishChunk(transport, { path: '/v1/events/thing', events: EVENTS }, { deadlineMs });
}

const accepted = (id: string) => ({ result: 'accepted', receipt: { id } });
const repeated = (id: string) => ({ result: 'repeated', receipt: { id } });
const refused = (status: number, slug: string) => ({
  result: 'refused',
  problem: { type: `/problems/${slug}`, title: slug, status, detail: 'As scripted.', instance: '/' },
});
const answer = (...results: readonly object[]) => ({ status: 207, body: { results } });

describe('the events of one request', () => {
  it('are sent together, and answered one by one', async () => {
    server.script(answer(accepted('1'), repeated('2'), refused(400, 'invalid-event')));
    expect(await publish()).toMatchObject([accepted('1'), repeated('2'), { problem: { status: 400 } }]);
    expect(server.seen.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/events/thing/batch', '{"events":[{"k":1},{"k":2},{"k":3}]}'],
    ]);
    expect(timing.pauses).toEqual([]);
  });

  it('are sent again where there was no room for them, and only those', async () => {
    server.script(
      answer(accepted('1'), refused(503, 'backlog-full'), refused(503, 'backlog-full')),
      answer(refused(429, 'rate-limited'), accepted('3')),
      answer(accepted('2')),
    );
    expect(await publish()).toEqual([accepted('1'), accepted('2'), accepted('3')]);
    expect(server.seen.map(({ body }) => body)).toEqual([
      '{"events":[{"k":1},{"k":2},{"k":3}]}',
      '{"events":[{"k":2},{"k":3}]}',
      '{"events":[{"k":2}]}',
    ]);
    expect(timing.pauses).toEqual([100, 200]);
  });

  it('are not sent again before the answer says', async () => {
    const full = refused(503, 'backlog-full');
    server.script(
      { ...answer(accepted('1'), full, full), headers: { 'Retry-After': '3' } },
      answer(accepted('2'), accepted('3')),
    );
    expect(await publish()).toEqual([accepted('1'), accepted('2'), accepted('3')]);
    expect(timing.pauses).toEqual([3_000]);
  });

  it('are refused in the end where there is no room until the deadline', async () => {
    const full = refused(503, 'backlog-full');
    server.script(answer(accepted('1'), full, full), answer(full, full));
    expect(await publish(250)).toMatchObject([accepted('1'), full, full]);
    expect(server.seen).toHaveLength(2);
  });

  it('are all sent again where the request got no answer: known ones are repeated', async () => {
    server.script('cut off', problemTurn(503, 'overloaded'), answer(repeated('1'), accepted('2'), accepted('3')));
    expect(await publish()).toEqual([repeated('1'), accepted('2'), accepted('3')]);
    expect(new Set(server.seen.map(({ body }) => body)).size).toBe(1);
  });

  it('end with the problem where the request is refused as a whole', async () => {
    server.script(problemTurn(401, 'unauthenticated'));
    await expect(publish()).rejects.toMatchObject({ slug: 'unauthenticated' });
  });
});
