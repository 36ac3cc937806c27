import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase/batch';
const LINES = 80_000;

let app: IngestApp;
beforeAll(async () => {
  app = await startIngestApp();
});
afterAll(() => app.close());

/** A stream of so many short lines, all of them handed to the network at once. */
async function openStream(lines: number): Promise<IncomingMessage> {
  const { url, apiKey } = await publisher(app, `till-${lines}`);
  const headers = { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${apiKey}` };
  const outgoing = request(`${url}${PATH}`, { method: 'POST', headers, agent: false });
  outgoing.end('1\n'.repeat(lines));
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return response;
}

async function countLines(response: IncomingMessage): Promise<number> {
  let count = 0;
  for await (const chunk of response) for (const byte of chunk as Buffer) if (byte === 0x0a) count++;
  return count;
}

describe('a stream of tens of thousands of lines', () => {
  it('is read no further than its answers are, and to its end when they are read again', async () => {
    app.journal.length = 0;
    const response = await openStream(LINES);
    response.pause();
    // What is judged fills the buffers of the network, and then nothing more is.
    let before = -1;
    let looks = 0;
    await until(() => {
      looks = app.journal.length === before ? looks + 1 : 0;
      before = app.journal.length;
      return looks >= 20;
    });
    expect(app.journal.length).toBeLessThan(LINES / 2);
    expect(await countLines(response)).toBe(LINES);
    expect(app.journal).toHaveLength(LINES);
  }, 60_000);
});
