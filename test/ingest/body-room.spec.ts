import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { type Answer, type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const BATCH = '/v1/events/customer-purchase/batch';
const SINGLE = '/v1/events/customer-purchase';
const MIB = 1024 * 1024;
/** How many of the largest batches one client may have under way while nobody else has anything. */
const SHARE = 4;
/** Bytes that are still missing of each, and bytes that are more than what is then left for all of them. */
const GAP = 1_000;
const PADDING = ' '.repeat(8 * GAP);

let app: IngestApp;
let greedy: Caller;
let modest: Caller;
const underWay: ClientRequest[] = [];
beforeEach(async () => {
  app = await startIngestApp();
  greedy = await publisher(app, 'greedy');
  modest = await publisher(app, 'modest');
});
afterEach(async () => {
  for (const outgoing of underWay.splice(0)) outgoing.destroy();
  await app.close();
});

/** A request whose body has not come yet; without a length it comes in chunks. */
function announce(length: number | null): ClientRequest {
  const framing = length === null ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': length };
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${greedy.apiKey}`, ...framing };
  const outgoing = request(`${app.url}${BATCH}`, { method: 'POST', headers, agent: false });
  outgoing.on('error', () => undefined).flushHeaders();
  underWay.push(outgoing);
  return outgoing;
}

function purchase(purchaseId: string): object {
  return { ...app.catalog.find('CustomerPurchase')?.example, purchaseId };
}

function publish(caller: Caller): Promise<Answer> {
  return caller.post(SINGLE, `${JSON.stringify(purchase('one'))}${PADDING}`);
}

/** Bodies of which nearly all has arrived. */
async function fillShare(): Promise<readonly ClientRequest[]> {
  const bodies = Array.from({ length: SHARE }, () => announce(8 * MIB));
  for (const body of bodies) body.write(Buffer.alloc(8 * MIB - GAP, ' '));
  await until(async () => (await publish(greedy)).status === 503);
  return bodies;
}

describe('bodies that are announced and do not come', () => {
  it.each([
    ['with their length', 8 * MIB],
    ['in chunks', null],
  ])('%s take no room from anybody', async (_, length) => {
    for (let n = 0; n < 64; n++) announce(length);
    await until(async () => (await connections()) >= 64);
    expect((await greedy.post(BATCH, { events: [purchase('own')] })).status).toBe(202);
    expect((await modest.post(BATCH, { events: [purchase('other')] })).status).toBe(202);
  });

  function connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      app.app.getHttpServer().getConnections((error: Error | null, count: number) => {
        if (error === null) resolve(count);
        else reject(error);
      });
    });
  }
});

describe('a client whose bodies take all the room it may have', () => {
  it('is refused more of any kind, and told when to come again', async () => {
    await fillShare();
    const answer = await greedy.post(BATCH, `{"events":[]}${PADDING}`);
    expectProblem(answer, 'overloaded');
    expect(answer.headers.get('retry-after')).toBe('2');
    const headers = { 'Content-Type': 'application/cloudevents+json' };
    expectProblem(await greedy.post('/v1/events', `{}${PADDING}`, headers), 'overloaded');
  });

  it('leaves room for others', async () => {
    await fillShare();
    expect((await publish(modest)).status).toBe(202);
    const largest = `{"events":[1${' '.repeat(8 * MIB - 14)}]}`;
    expect((await modest.post(BATCH, largest)).status).toBe(207);
  });

  it('is refused in the middle of a body that does not say how long it is', async () => {
    const unknown = announce(null);
    unknown.write(' '.repeat(GAP));
    await fillShare();
    unknown.write(PADDING);
    const [answer] = (await once(unknown, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(503);
    answer.resume();
  });

  it.each([
    ['is done with', (body: ClientRequest) => body.end(' '.repeat(GAP))],
    ['is broken off', (body: ClientRequest) => body.destroy()],
  ])('has room again when one of them %s', async (_, end) => {
    const [body] = await fillShare();
    if (body === undefined) throw new Error('nothing is under way');
    end(body);
    await until(async () => (await publish(greedy)).status === 202);
  });
});
