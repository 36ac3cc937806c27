import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { until } from '../support/until.js';
import { Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { LineStream, wordsOf } from './support/line-stream.js';
import { overload } from './support/overload.js';

const PATH = '/v1/events/customer-purchase/batch';
const LINE_TIMEOUT_MS = 30_000;

/** Tells how often somebody began to wait. */
class WatchedTimers extends ManualTimers {
  begun = 0;

  override after(ms: number, ring: () => void): () => void {
    this.begun++;
    return super.after(ms, ring);
  }
}

let clock: ManualClock;
let timers: WatchedTimers;
let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeEach(async () => {
  clock = new ManualClock();
  timers = new WatchedTimers(clock);
  app = await startIngestApp({ clock, timers, limits: { checkInterval: 20 } });
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterEach(() => app.close());

function line(purchaseId: string): string {
  return `${JSON.stringify({ ...example, purchaseId })}\n`;
}

/** A stream whose first line is answered, and that waits for the next one. */
async function waitingStream(): Promise<LineStream> {
  const stream = LineStream.open(caller, PATH).write(line('first'));
  await stream.first(1);
  await until(() => timers.pending > 0);
  return stream;
}

describe('a stream that falls silent', () => {
  it('is ended after thirty seconds, and told at which line', async () => {
    const stream = await waitingStream();
    await timers.advance(LINE_TIMEOUT_MS);
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 request-timeout']);
  });

  it('within a line is ended, too: dripping bytes is no sign of life', async () => {
    const stream = await waitingStream();
    stream.write(line('half').slice(0, 50));
    await timers.advance(LINE_TIMEOUT_MS - 1);
    stream.write(line('half').slice(50, 60));
    await timers.advance(1);
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 request-timeout']);
  });

  it('goes on with a blank line now and then', async () => {
    const stream = await waitingStream();
    for (let n = 0; n < 3; n++) {
      await timers.advance(LINE_TIMEOUT_MS - 1);
      const before = timers.begun;
      stream.write('\n');
      await until(() => timers.begun > before);
    }
    stream.write(line('second')).end();
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '5 accepted']);
  });

  it('has its connection closed, though the client did not end it', async () => {
    const stream = await waitingStream();
    const { socket } = await stream.response;
    const closed = once(socket, 'close');
    await timers.advance(LINE_TIMEOUT_MS);
    await stream.all();
    stream.end();
    await closed;
  });
});

describe('a gateway that stops', () => {
  it('ends a stream that waits, with a line that says so', async () => {
    const stream = await waitingStream();
    app.gate.close();
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 shutting-down']);
  });

  it('takes no line that comes after', async () => {
    const stream = LineStream.open(caller, PATH);
    stream.write(line('a'));
    await stream.first(1);
    app.gate.close();
    stream.write(line('b'));
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 shutting-down']);
  });

  it('begins no stream', async () => {
    app.gate.close();
    expectProblem(await caller.post(PATH, line('late'), { 'Content-Type': 'application/x-ndjson' }), 'shutting-down');
  });

  it('is not held up by one', async () => {
    const stream = await waitingStream();
    app.gate.close();
    await app.app.close();
    expect(wordsOf(await stream.all()).at(-1)).toBe('2 shutting-down');
  });
});

describe('a credential that is revoked', () => {
  it('ends a stream with what comes after two seconds', async () => {
    const stream = await waitingStream();
    await app.clients.revoke('till', 'cli:test');
    clock.set(clock.now() + 2_000);
    stream.write(line('no more'));
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 unauthenticated']);
  });

  it('takes no line that waited for its turn meanwhile', async () => {
    await app.clients.limit('till', 1, 'cli:test');
    const stream = await waitingStream();
    const events = Array.from({ length: 30 }, (_, n) => ({ ...example, purchaseId: `owed-${n}` }));
    expect((await caller.post(PATH, { events })).status).toBe(202);
    const waiting = timers.begun;
    stream.write(line('in turn'));
    await until(() => timers.begun > waiting);
    await app.clients.revoke('till', 'cli:test');
    await timers.advance(29_000);
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 unauthenticated']);
  });

  it('does not keep a stream open with blank lines', async () => {
    const stream = await waitingStream();
    await app.clients.revoke('till', 'cli:test');
    clock.set(clock.now() + 2_000);
    stream.write('\n');
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 unauthenticated']);
  });
});

describe('a client with a rate', () => {
  async function limited(rate: number): Promise<Caller> {
    const { apiKey } = await app.clients.create({ name: 'slow', publish: ['*'], operator: false, rate }, 'cli:test');
    return new Caller(app.url, apiKey);
  }

  it('is read no faster than that, and nothing of it refused', async () => {
    const began = clock.now();
    const stream = LineStream.open(await limited(10), PATH);
    for (let n = 0; n < 60; n++) stream.write(line(`rate-${n}`));
    stream.end();
    let done = false;
    const all = stream.all().finally(() => {
      done = true;
    });
    await until(async () => {
      await timers.advance(1_000);
      return done;
    });
    expect((await all).filter(({ result }) => result === 'accepted')).toHaveLength(60);
    // Twenty at once, ten a second from then on, and the last group of ten on credit.
    expect(clock.now() - began).toBeGreaterThanOrEqual(3_000);
  });

  it('is not taken for silent while it waits for its turn', async () => {
    const stream = LineStream.open(await limited(1), PATH);
    stream.write(Array.from({ length: 60 }, (_, n) => line(`turn-${n}`)).join(''));
    let done = false;
    const all = stream.first(60).finally(() => {
      done = true;
    });
    await until(async () => {
      await timers.advance(1_000);
      return done;
    });
    expect((await all).every(({ result }) => result === 'accepted')).toBe(true);
    stream.destroy();
  });

  it('that owes for longer than half a minute has its stream ended', async () => {
    const slow = await limited(1);
    const stream = LineStream.open(slow, PATH).write(line('before'));
    await stream.first(1);
    expect((await slow.post(PATH, { events: Array(1_000).fill(1) })).status).toBe(207);
    stream.write(line('then')).write(line('and then')).end();
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 rate-limited']);
  });
});

describe('a gateway with too much to do', () => {
  const PUNCTUAL = { freeBytes: null, loopLagMs: 0 };

  it('reads a stream on as soon as it has room', async () => {
    const stream = await waitingStream();
    overload(app.gate);
    const before = timers.begun;
    stream.write(line('second'));
    await until(() => timers.begun > before);
    await timers.advance(1_000);
    for (let look = 0; look < 100; look++) app.gate.observe(PUNCTUAL);
    await timers.advance(1_000);
    expect(wordsOf(await stream.end().all())).toEqual(['1 accepted', '2 accepted']);
  });

  it('ends it where that takes longer than half a minute', async () => {
    const stream = await waitingStream();
    overload(app.gate);
    stream.write(line('second')).write(line('third')).end();
    await until(async () => {
      await timers.advance(1_000);
      return (await Promise.race([stream.first(2), 'not yet'])) !== 'not yet';
    });
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 overloaded']);
    expect(app.journal.at(-1)).toBe('CustomerPurchase overloaded');
  });
});

describe('a slow stream', () => {
  it('goes on where a slow request is a 408', async () => {
    const stream = await waitingStream();
    // From now on: on a busy machine the stream could take as long to begin.
    Object.assign(app.app.getHttpServer(), { headersTimeout: 300, requestTimeout: 300 });
    const socket = connect(app.port, '127.0.0.1');
    const head = `POST /v1/events/customer-purchase HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${caller.apiKey}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
    stream.write(line('second')).end();
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 accepted']);
  });
});

describe('many streams', () => {
  const headers = { 'Content-Type': 'application/x-ndjson' };

  function open(sender: Caller, count: number): Promise<readonly LineStream[]> {
    const begun = Array.from({ length: count }, async (_, n) => {
      const stream = LineStream.open(sender, PATH).write(line(`many-${n}`));
      await stream.first(1);
      return stream;
    });
    return Promise.all(begun);
  }

  it('of one client are 128 at once, and one more when one has ended', async () => {
    const streams = await open(caller, 128);
    expectProblem(await caller.post(PATH, line('one-more'), headers), 'overloaded');
    for (const stream of streams) stream.destroy();
    await until(async () => wordsOf(await LineStream.open(caller, PATH).write(line('again')).end().all()).length === 1);
  });

  it('of one client leave room for those of another', async () => {
    const streams = await open(caller, 128);
    const other = await publisher(app, 'other');
    for (const stream of [...streams, ...(await open(other, 64))]) stream.destroy();
  });
});
