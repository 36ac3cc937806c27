import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InputFault } from '../../src/kernel/input-fault.js';
import { type ItemResult, sendBatch, wordFor } from './support/batch.js';
import { type Answer, type Caller, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { LineStream } from './support/line-stream.js';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'till');
});
afterAll(() => app.close());

/** What a way of sending made of an event: a word, the detail and every fault. */
interface Verdict {
  readonly word: string;
  readonly detail: unknown;
  readonly errors: readonly InputFault[];
}

async function alone(event: string): Promise<Verdict> {
  const { status, body }: Answer = await caller.post(PATH, event);
  return status === 202 ? { word: 'taken', detail: undefined, errors: [] } : verdictOf(body);
}

async function inBatch(event: string): Promise<Verdict> {
  const { body } = await sendBatch(caller, `${PATH}/batch`, `{"events":[${event}]}`);
  return ofItem(body.results[0]);
}

async function asLine(event: string): Promise<Verdict> {
  const results = await LineStream.open(caller, `${PATH}/batch`).write(`${event}\n`).end().all();
  return ofItem(results[0]);
}

function ofItem(item: ItemResult | undefined): Verdict {
  if (item === undefined) throw new Error('an item without a result');
  return item.problem === undefined
    ? { word: 'taken', detail: undefined, errors: [] }
    : verdictOf(item.problem, wordFor(item));
}

function verdictOf(problem: object, word = String(Reflect.get(problem, 'type')).replace('/problems/', '')): Verdict {
  return { word, detail: Reflect.get(problem, 'detail'), errors: Reflect.get(problem, 'errors') ?? [] };
}

/** The example as text, with some of it replaced. */
function example(find: RegExp | string = '', replacement = ''): string {
  return JSON.stringify(app.catalog.find('CustomerPurchase')?.example).replace(find, () => replacement);
}

const SAMPLES: readonly (readonly [string, () => string])[] = [
  ['valid', () => example()],
  ['with white space', () => ` ${example()}\t`],
  ['with a null for an optional member', () => example(/"email":"[^"]*"/, '"email":null')],
  ['without its key', () => example(/"purchaseId":"[^"]*",/)],
  ['with an unknown property', () => example('{', '{"unknown":1,')],
  ['with __proto__', () => example('{', '{"__proto__":{},')],
  ['with a name twice', () => example('{', '{"storeId":"a",')],
  ['with a number for an amount', () => example(/"totalAmount":"[^"]*"/, '"totalAmount":24.85')],
  ['with an impossible date', () => example(/"occurredAt":"[^"]*"/, '"occurredAt":"2026-02-30T10:00:00Z"')],
  ['with U+0000', () => example(/"storeId":"[^"]*"/, '"storeId":"a\\u0000"')],
  ['with a lone surrogate', () => example(/"storeId":"[^"]*"/, '"storeId":"\\ud800"')],
  ['with a whole number beyond 2^53', () => example('{', '{"unknown":9007199254740993,')],
  ['with a number that overflows', () => example('{', '{"unknown":1e999,')],
  ['nested 33 levels deep', () => `${'['.repeat(33)}${']'.repeat(33)}`],
  ['a list', () => '[]'],
  ['a text', () => '"event"'],
  ['null', () => 'null'],
  ['of the same key with other content', () => example(/"storeId":"[^"]*"/, '"storeId":"another"')],
];

describe('an event with many faults', () => {
  it.each([
    ['in a batch', inBatch],
    ['as a line', asLine],
  ])('is told fewer of them %s, for a thousand answers may stand in one', async (_where, send) => {
    const event = `{"lines":[${'{},'.repeat(40)}{}]}`;
    expect((await alone(event)).errors).toHaveLength(100);
    const { detail, errors } = await send(event);
    expect(errors).toHaveLength(20);
    expect(detail).toBe('The event is not valid; errors names the first 20 faults, there are more.');
  });
});

describe('an event', () => {
  it.each(SAMPLES)('%s is judged the same alone, in a batch and as a line', async (_, make) => {
    const event = make();
    const verdict = await alone(event);
    expect(await inBatch(event)).toEqual(verdict);
    expect(await asLine(event)).toEqual(verdict);
  });
});
