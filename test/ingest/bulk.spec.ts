import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

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

interface ItemResult {
  readonly result: 'accepted' | 'repeated' | 'refused';
  readonly receipt?: { readonly id: string };
  readonly problem?: { readonly type: string; readonly errors?: readonly { readonly pointer: string }[] };
}

function purchase(purchaseId: string, more: object = {}): object {
  return { ...example, purchaseId, ...more };
}

function send(events: readonly unknown[], headers: Record<string, string> = {}): Promise<Answer> {
  return caller.post(PATH, { events }, headers);
}

function resultsIn({ body }: Answer): readonly ItemResult[] {
  return body.results as readonly ItemResult[];
}

function wordsIn(answer: Answer): string[] {
  return resultsIn(answer).map(({ result, problem }) => problem?.type ?? result);
}

describe('a batch', () => {
  it('is answered with a receipt per event, in their order, and stored', async () => {
    const answer = await send([purchase('B-1'), purchase('B-2'), purchase('B-3')]);
    expect(answer.status).toBe(202);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.body).toMatchObject({ accepted: 3, repeated: 0, refused: 0 });
    const stored = await Promise.all(resultsIn(answer).map(({ receipt }) => app.store.outbox.find(`${receipt?.id}`)));
    expect(stored.map((event) => event?.key)).toEqual(['B-1', 'B-2', 'B-3']);
    expect(resultsIn(answer)[0]?.receipt).toMatchObject({ type: 'CustomerPurchase', status: 'pending' });
  });

  it('stores what is valid and says of the rest what is wrong with it, by pointers into the item', async () => {
    const answer = await send([purchase('C-1'), purchase('C-2', { totalAmount: 1 }), 'nonsense', purchase('C-3')]);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 2, repeated: 0, refused: 2 });
    expect(wordsIn(answer)).toEqual(['accepted', '/problems/invalid-event', '/problems/invalid-event', 'accepted']);
    expect(resultsIn(answer)[1]?.problem).toMatchObject({
      status: 400,
      instance: PATH,
      errors: [{ pointer: '/totalAmount' }],
    });
    expect(resultsIn(answer)[2]?.problem?.errors).toEqual([{ pointer: '', detail: 'must be an object' }]);
  });

  it('takes no Idempotency-Key', async () => {
    expectProblem(await send([purchase('D-1')], { 'Idempotency-Key': 'k' }), 'invalid-idempotency-key');
  });
});
