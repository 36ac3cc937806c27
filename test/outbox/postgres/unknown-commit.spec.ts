import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { sharedPostgres } from '../../support/postgres-server.js';
import { until } from '../../support/until.js';
import { type DeafProxy, deafProxy } from '../support/deaf-proxy.js';
import { accept, attemptOf, claim, claimOne, DELIVERED, newEvent, retryIn, settlementOf } from '../support/events.js';
import { gateOf } from '../support/gates.js';
import { receiptOf } from '../support/receipts.js';

describe('a commit whose answer is lost', () => {
  let proxy: DeafProxy;
  let store: Store;
  let databaseUrl: string;
  beforeEach(async () => {
    const server = await sharedPostgres();
    databaseUrl = await server.createDatabase();
    proxy = await deafProxy(server.port);
    const through = databaseUrl.replace(`:${server.port}/`, `:${proxy.port}/`);
    store = await openStore({ databaseUrl: through, role: 'owner', clock: new SystemClock() });
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
    await (await sharedPostgres()).dropDatabase(databaseUrl);
  });

  it('of an append is told as unknown, and the repeat finds what was stored', async () => {
    const event = newEvent();
    proxy.deafen();
    await expect(store.outbox.append([event])).rejects.toMatchObject({ code: 'storage-unknown' });
    await until(async () => (await store.outbox.find(event.id)) !== null);
    expect(await store.outbox.append([newEvent({ key: event.key })])).toMatchObject([
      { kind: 'repeated', id: event.id },
    ]);
  });

  it('of a claim leaves no lease behind that nobody knows of', async () => {
    const ids = await accept(store, {}, {}, {});
    proxy.deafen();
    await expect(claim(store)).rejects.toMatchObject({ code: 'storage-not-stored' });
    await until(async () => (await store.outbox.find(ids[0] ?? ''))?.status === 'delivering');
    await store.outbox.renewLeases('owner-1', 30_000);
    expect((await claim(store)).map(({ id }) => id)).toEqual(ids);
    expect((await store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'delivering', count: 3 },
    ]);
  });

  it('of a settlement may be asked for again', async () => {
    await accept(store, {});
    const request = settlementOf(await claimOne(store), DELIVERED, attemptOf());
    proxy.deafen();
    await expect(store.outbox.settle([request])).rejects.toMatchObject({ code: 'storage-not-stored' });
    await until(async () => (await store.outbox.find(request.id))?.status === 'delivered');
    expect(await store.outbox.settle([request])).toEqual(['stale']);
  });

  it('of a receipt may be told again, and is known then', async () => {
    await accept(store, {});
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, retryIn(60_000, { attempts: 1, uncertain: 1 }))]);
    const { id } = event;
    const receipt = receiptOf(id);
    proxy.deafen();
    await expect(store.receipts.confirm([receipt])).rejects.toMatchObject({ code: 'storage-not-stored' });
    await until(async () => (await store.outbox.find(id))?.status === 'delivered');
    expect(await store.receipts.confirm([receipt])).toMatchObject([{ result: 'repeated', eventId: id }]);
  });

  it('of a gate’s change may be asked for again, and finds it changed', async () => {
    const gate = gateOf('user:user-1');
    proxy.deafen();
    await expect(store.gates.save(gate, null)).rejects.toMatchObject({ code: 'storage-not-stored' });
    await until(async () => (await store.gates.list()).length === 1);
    expect(await store.gates.save(gate, null)).toBe(false);
  });
});
