import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { API, BY_HEADER, type Receiving, type ReceivingGateway, startReceiving } from './support/receiving-gateway.js';

let running: ReceivingGateway | null = null;
const start = async (how?: Receiving) => {
  running = await startReceiving(how);
  return running;
};
afterEach(async () => {
  await running?.stop();
  running = null;
});

const at = (instant: unknown) => Date.parse(String(instant));

describe('an event that Dataverse confirms', () => {
  it('goes from pending to delivered to confirmed within a second', async () => {
    const receiving = await start();
    await receiving.confirmed((await receiving.publish('first')).id);
    const seconds: number[] = [];
    for (const key of ['second', 'third', 'fourth']) {
      const { id, status } = await receiving.publish(key);
      expect(status).toBe('pending');
      const event = await receiving.confirmed(id);
      expect(event).toMatchObject({ status: 'delivered', attemptCount: 1 });
      expect(at(event.deliveredAt)).toBeGreaterThanOrEqual(at(event.acceptedAt));
      seconds.push((at(event.confirmedAt) - at(event.acceptedAt)) / 1000);
    }
    // The machine may do much else as well; it is not busy thrice.
    expect(Math.min(...seconds)).toBeLessThan(1);
    expect(receiving.logged('receipt.confirmed')).toHaveLength(4);
  });

  it('is counted and timed, and its receipt stands in the timeline', async () => {
    const receiving = await start();
    const { id } = await receiving.publish('counted');
    await receiving.confirmed(id);
    const { emulator, gateway } = receiving;
    const [step] = emulator.tables.rows('sdkmessageprocessingstep').filter(({ name }) => String(name).endsWith(API));
    await emulator.asyncService.whenIdle();
    const [post] = emulator.asyncService.posts.all();
    expect(await receiving.receiptsOf(id)).toEqual([
      expect.objectContaining({
        channel: 'webhook',
        result: 'confirmed',
        step: step?.sdkmessageprocessingstepid,
        operation: post?.jobId,
        stripped: false,
      }),
    ]);
    const { body } = await gateway.get('/v1/events/summary');
    expect(body).toMatchObject({ total: { accepted: 1, delivered: 1, confirmed: 1 } });
    const counted = `gateway_receipts_total{type="CustomerPurchase",channel="webhook",result="confirmed"} 1`;
    expect(await receiving.metric('gateway_receipts_total')).toEqual([counted]);
    const timed = 'gateway_confirmation_seconds_count{type="CustomerPurchase"} 1';
    expect(await receiving.metric('gateway_confirmation_seconds_count')).toEqual([timed]);
  });

  it.each([
    ['headers', { kind: 'http-header', headers: { 'x-hook-key': 'a <&> "key"', 'x-other': 'b' } }],
    ['a key', { kind: 'webhook-key', key: 'a key & more=?' }],
    ['parameters', { kind: 'query-string', parameters: { sig: 'a+b/c=', sv: '1 & 2' } }],
    ['nothing that proves anything', { kind: 'anonymous' }],
  ])('is confirmed by whoever sends %s, as `dataverse apply` told Dataverse', async (_what, ways) => {
    const receiving = await start({ ways });
    const { id } = await receiving.publish('by-way');
    await receiving.confirmed(id);
    await receiving.emulator.asyncService.whenIdle();
    expect(receiving.emulator.asyncService.posts.all()).toMatchObject([{ status: 204, tries: 1 }]);
  });

  it('goes on being confirmed while a secret is rotated', async () => {
    const newer = { kind: 'webhook-key', key: 'newer' };
    const receiving = await start({ ways: [BY_HEADER] });
    await receiving.restart([newer, BY_HEADER]);
    await receiving.confirmed((await receiving.publish('before-apply')).id);
    expect(await receiving.dataverse('apply', '--yes', '--write-secrets')).toMatchObject({ exitCode: 0 });
    await receiving.restart([newer]);
    await receiving.confirmed((await receiving.publish('after')).id);
    expect(await receiving.metric('gateway_receipt_refusals_total')).toEqual([]);
  });
});

describe('a call whose answer is lost', () => {
  const loseAnAnswer = ({ emulator }: ReceivingGateway) =>
    emulator.fault({ kind: 'reset', when: 'after-commit', match: { target: 'call' } });

  it('is not repeated where the receipt is there before: that proves it', async () => {
    const receiving = await start();
    loseAnAnswer(receiving);
    const { id } = await receiving.publish('proved');
    expect(await receiving.confirmed(id)).toMatchObject({ status: 'delivered' });
    expect(receiving.emulator.received().filter(({ tag }) => tag === id)).toHaveLength(1);
  });

  it('is a duplicate where it is repeated before the receipt comes, and that is seen and counted', async () => {
    const receiving = await start();
    const { emulator } = receiving;
    emulator.asyncService.hold();
    loseAnAnswer(receiving);
    const { id } = await receiving.publish('twice');
    await until(async () => (await receiving.event(id)).status === 'delivered');
    emulator.asyncService.release();
    await until(async () => (await receiving.receiptsOf(id)).length === 2);
    const results = (await receiving.receiptsOf(id)).map(({ result }) => result);
    expect(results.toSorted()).toEqual(['confirmed', 'duplicate']);
    expect(await receiving.metric('gateway_receipts_total')).toEqual(
      expect.arrayContaining([expect.stringMatching(/result="duplicate"} 1$/)]),
    );
    expect(receiving.logged('receipt.duplicate')).toMatchObject([{ eventId: id, type: 'CustomerPurchase' }]);
  });

  it('has one receipt although Dataverse posts it twice', async () => {
    const receiving = await start();
    const { emulator } = receiving;
    emulator.fault({ kind: 'twice', match: { target: 'post', customApi: API } });
    const { id } = await receiving.publish('posted-twice');
    await receiving.confirmed(id);
    await emulator.asyncService.whenIdle();
    expect((await receiving.receiptsOf(id)).map(({ result }) => result)).toEqual(['confirmed']);
    expect(await receiving.metric('gateway_receipts_total')).toEqual(
      expect.arrayContaining([expect.stringMatching(/result="repeated"} 1$/)]),
    );
  });
});
