import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { LineStream, type ResultLine } from './support/line-stream.js';

const PATH = '/v1/events/customer-purchase/batch';

let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

function line(purchaseId: string, more: object = {}): string {
  return `${JSON.stringify({ ...example, purchaseId, ...more })}\n`;
}

function wordsOf(results: readonly ResultLine[]): string[] {
  return results.map(({ line, result, problem }) => `${line} ${problem?.type ?? result}`);
}

async function stored(purchaseId: string): Promise<boolean> {
  const { body } = await caller.get(`/v1/events?key=${purchaseId}`);
  return (body.events as unknown[]).length === 1;
}

describe('a stream of events', () => {
  it('is answered line by line, in order', async () => {
    const stream = LineStream.open(caller, PATH).write(line('A-1')).write(line('A-2')).write(line('A-1')).end();
    const response = await stream.response;
    expect(response.statusCode).toBe(207);
    expect(response.headers['content-type']).toBe('application/x-ndjson');
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 accepted', '3 repeated']);
  });

  it('is answered while it still comes', async () => {
    const stream = LineStream.open(caller, PATH);
    for (const n of [1, 2, 3]) {
      stream.write(line(`B-${n}`));
      expect(wordsOf(await stream.first(n)).at(-1)).toBe(`${n} accepted`);
      expect(await stored(`B-${n}`)).toBe(true);
    }
    expect(wordsOf(await stream.end().all())).toHaveLength(3);
  });
});
