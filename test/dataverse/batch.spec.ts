import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { definitionOf } from '../../src/contract/business-event.js';
import { canonicalJson } from '../../src/contract/canonical-json.js';
import { customApiFor } from '../../src/contract/custom-api.js';
import { EventCatalog } from '../../src/contract/event-catalog.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import { Emulator } from '../../src/emulator/emulator.js';
import type { ClaimedEvent } from '../../src/outbox/outbox.js';
import { Everything } from './support/everything.event.js';
import { always, claimed, loadEvents, optionsFor, PREFIX, ShiftedClock, USER } from './support/gateway-side.js';

const SECRET = 'kept-to-ourselves';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const DELIVERED: Outcome = { kind: 'delivered' };
const UNCERTAIN: Outcome = { kind: 'uncertain' };

/** The other side as a product of its own, written from the same documentation and sharing no code. */
describe('a batch against the emulator', () => {
  let definitions: readonly EventDefinition[];
  let emulator: Emulator;
  let destination: DataverseDestination;

  beforeAll(async () => {
    const everything = definitionOf(Everything);
    definitions = [...(await loadEvents()).definitions, ...(everything === null ? [] : [everything])];
    emulator = await Emulator.start({ customApis: definitions.map((definition) => customApiFor(definition, PREFIX)) });
  });

  afterAll(() => emulator.stop());

  beforeEach(() => {
    emulator.reset();
    emulator.registerApplicationUser({ clientId: USER, clientSecret: SECRET });
    const { tenantId } = emulator;
    const applicationUsers = [{ clientId: USER, credential: { kind: 'secret', clientSecret: SECRET } as const }];
    const options = optionsFor(emulator, emulator.caCertificate, { tenantId, applicationUsers });
    destination = new DataverseDestination(
      new DataverseConnection(options, new ShiftedClock()),
      new EventCatalog(definitions),
    );
  });

  afterEach(() => destination.close());

  async function events(count: number, changes: Partial<ClaimedEvent> = {}): Promise<readonly ClaimedEvent[]> {
    return Promise.all(Array.from({ length: count }, () => claimed('CustomerPurchase', changes)));
  }

  function deliver(batch: readonly ClaimedEvent[]): Promise<readonly CallReport[]> {
    return destination.deliverBatch(batch, USER, always);
  }

  function calls(): number {
    return emulator.requests().filter(({ url }) => url.startsWith('/api/data/')).length;
  }

  const outcomesOf = (reports: readonly CallReport[]) => reports.map(({ outcome }) => outcome);
  const tags = () => emulator.received().map(({ tag }) => tag);

  it('carries events of all types in one request and in their order, each with its id as tag', async () => {
    const batch = await Promise.all(
      definitions.map(({ type, example }) => claimed(type, { data: canonicalJson(example) })),
    );
    const reports = await deliver(batch);
    for (const report of reports) {
      expect(report).toMatchObject({ outcome: DELIVERED, httpStatus: 204, errorCode: null, detail: null });
      expect(report.hints?.parallelism).toBe(10);
      expect(report.serviceRequestId).toEqual(expect.any(String));
    }
    expect(tags()).toEqual(batch.map(({ id }) => id));
    expect(calls()).toBe(1);
    expect(new Set(emulator.received().map(({ batchId }) => batchId)).size).toBe(1);
  });

  it('delivers all thirteen types of parameters, every digit of them', async () => {
    const { example = {} } = definitions.find(({ type }) => type === 'Everything') ?? {};
    const data = canonicalJson(example);
    await deliver([await claimed('Everything', { data }), await claimed('Everything', { data })]);
    for (const { parameters } of emulator.received()) {
      expect(parameters).toMatchObject({
        Text: 'Grüße "😀"\n',
        Amount: '-999999999999999.9900',
        Decimal: '123456789012345.0000000001',
        Float: '1.5e-9',
        Records: [{ quantity: '1.50' }, { quantity: '0.0000000001' }],
      });
    }
    const single = await claimed('Everything', { data });
    await destination.deliver(single, USER, always);
    const [first, , alone] = emulator.received().map(({ rawBody, tag }) => rawBody.replace(tag ?? '', ''));
    expect(first).toBe(alone);
  });

  it("carries each event's trace on with its part, and none around it", async () => {
    const trace = (end: string) => `00-${TRACE_ID.slice(0, -1)}${end}-00f067aa0ba902b7-01`;
    await deliver([
      ...(await events(1, { traceparent: trace('a') })),
      ...(await events(1, { traceparent: trace('b') })),
      ...(await events(1)),
    ]);
    const traces = emulator.received().map(({ headers }) => headers.traceparent?.slice(0, 36));
    expect(traces).toEqual([trace('a').slice(0, 36), trace('b').slice(0, 36), undefined]);
    expect(emulator.received()[0]?.headers.traceparent).not.toContain('00f067aa0ba902b7');
  });

  it('of ten with a poisonous part delivers the other nine', async () => {
    const batch = await events(10);
    emulator.failNext({ status: 400, code: '0x80048d19', match: { target: 'part', bodyContains: batch[4]?.id ?? '' } });
    const reports = await deliver(batch);
    expect(reports[4]).toMatchObject({ outcome: { kind: 'rejected' }, httpStatus: 400, errorCode: '0x80048d19' });
    expect(outcomesOf(reports.toSpliced(4, 1))).toEqual(Array(9).fill(DELIVERED));
    expect(tags()).toEqual(batch.toSpliced(4, 1).map(({ id }) => id));
  });

  it('sends what can be encoded, and reports the rest unsent', async () => {
    const [first, broken, unknown, last] = await events(4);
    if (first === undefined || broken === undefined || unknown === undefined || last === undefined) throw new Error();
    const reports = await deliver([first, { ...broken, data: '{}' }, { ...unknown, type: 'Forgotten' }, last]);
    const misconfigured = { kind: 'misconfigured', scope: 'type' };
    expect(outcomesOf(reports)).toEqual([DELIVERED, misconfigured, misconfigured, DELIVERED]);
    expect(tags()).toEqual([first.id, last.id]);
    expect(calls()).toBe(1);
  });

  it('of which one event is left is a single call, and of which none is left is none', async () => {
    const [good, broken] = await events(2);
    if (good === undefined || broken === undefined) throw new Error();
    expect(outcomesOf(await deliver([{ ...broken, data: '{}' }, good]))[1]).toEqual(DELIVERED);
    expect(emulator.requests().at(-1)).toMatchObject({ customApi: 'contoso_CustomerPurchase', batchId: null });
    const before = calls();
    await deliver([{ ...broken, data: '{}' }]);
    expect([await deliver([]), calls()]).toEqual([[], before]);
  });

  it('that would be larger than four mebibytes follows in a second request', async () => {
    const big = canonicalJson({
      ...definitions.find(({ type }) => type === 'Everything')?.example,
      text: 'ü'.repeat(30_000),
    });
    const batch = await Promise.all(Array.from({ length: 80 }, () => claimed('Everything', { data: big })));
    expect(outcomesOf(await deliver(batch))).toEqual(Array(80).fill(DELIVERED));
    expect(tags()).toEqual(batch.map(({ id }) => id));
    expect(calls()).toBe(2);
  });

  it('sends no second request after the first was throttled', async () => {
    const big = canonicalJson({
      ...definitions.find(({ type }) => type === 'Everything')?.example,
      text: 'ü'.repeat(30_000),
    });
    const batch = await Promise.all(Array.from({ length: 80 }, () => claimed('Everything', { data: big })));
    emulator.throttleNext(1, { facet: 'concurrency', retryAfterSeconds: 4 });
    const throttled = { kind: 'throttled', retryAfterMs: 4000, limit: 'concurrency' };
    expect(outcomesOf(await deliver(batch))).toEqual(Array(80).fill(throttled));
    expect(calls()).toBe(1);
    expect(emulator.earlyCalls().count).toBe(0);
  });

  it.each<readonly [string, (own: Emulator) => void, readonly Outcome[], number]>([
    [
      'throttled as a whole',
      (own) => own.throttleNext(1, { facet: 'execution-time', retryAfterSeconds: 3 }),
      Array(3).fill({ kind: 'throttled', retryAfterMs: 3000, limit: 'execution-time' }),
      0,
    ],
    [
      'throttled in its second part',
      (own) => own.throttleNext(1, { retryAfterSeconds: 3, every: 2, match: { target: 'part' } }),
      [DELIVERED, { kind: 'throttled', retryAfterMs: 3000, limit: 'requests' }, DELIVERED],
      2,
    ],
    [
      'cut off after two parts',
      (own) => own.fault({ kind: 'truncate', afterParts: 2, match: { target: 'batch' } }),
      [DELIVERED, DELIVERED, UNCERTAIN],
      3,
    ],
    [
      'cut off at its second part, which ran',
      (own) => own.fault({ kind: 'truncate', every: 2, match: { target: 'part' } }),
      [DELIVERED, UNCERTAIN, UNCERTAIN],
      2,
    ],
    [
      'reset in the middle',
      (own) => own.fault({ kind: 'reset', every: 2, match: { target: 'part' } }),
      [UNCERTAIN, UNCERTAIN, UNCERTAIN],
      1,
    ],
    ['reset before its commit', (own) => own.resetBeforeCommit(), [UNCERTAIN, UNCERTAIN, UNCERTAIN], 0],
    ['reset after its commit', (own) => own.resetAfterCommit(), [UNCERTAIN, UNCERTAIN, UNCERTAIN], 3],
    [
      'answered by a 502 after its commit',
      (own) => own.failNext({ status: 502, when: 'after-commit' }),
      [UNCERTAIN, UNCERTAIN, UNCERTAIN],
      3,
    ],
    ['met by a token that just expired', (own) => own.expireTokenOnNext(), [DELIVERED, DELIVERED, DELIVERED], 3],
    [
      'refused because it is a batch',
      (own) => own.failNext({ status: 404, match: { target: 'batch' } }),
      Array(3).fill({ kind: 'misconfigured', scope: 'user' }),
      0,
    ],
  ])('is %s', async (_, order, outcomes, received) => {
    order(emulator);
    expect(outcomesOf(await deliver(await events(3)))).toEqual(outcomes);
    expect(emulator.receivedCount).toBe(received);
  });
});
