import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { overdueIn } from '../support/overdue-in.js';
import { until } from '../support/until.js';
import { API, type Receiving, type ReceivingGateway, startReceiving } from './support/receiving-gateway.js';

const SOON = { RECEIPT_DEADLINE_SECONDS: '1' };

let running: ReceivingGateway | null = null;
const start = async (how: Receiving = { settings: SOON }) => {
  running = await startReceiving(how);
  return running;
};
afterEach(async () => {
  await running?.stop();
  running = null;
});

/** An origin on this machine where nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const listOverdue = async ({ gateway }: ReceivingGateway) => {
  const { body } = await gateway.get('/v1/events?overdue=true');
  return (body.events as readonly { readonly id: string }[]).map(({ id }) => id);
};

/** Publishes an event whose receipt does not come; resolves once it is overdue. */
const overdue = async (receiving: ReceivingGateway, key: string) => {
  const { id } = await receiving.publish(key);
  await until(async () => (await listOverdue(receiving)).includes(id));
  expect(await receiving.event(id)).toMatchObject({ status: 'delivered', confirmedAt: null });
  return id;
};

const jobOf = ({ emulator }: ReceivingGateway) => emulator.tables.rows('asyncoperation').at(-1);

describe('an event whose receipt does not come', () => {
  it('is listed, counted and alarmed, and Dataverse tells why', async () => {
    const receiving = await start();
    receiving.routeTo(await nowhere());
    const id = await overdue(receiving, 'away');
    await until(() => jobOf(receiving)?.statuscode === 31);
    expect(jobOf(receiving)).toMatchObject({ statecode: 3, statuscode: 31 });
    await until(async () => receiving.logged('receipt.overdue').length > 0);
    expect(receiving.logged('receipt.overdue')).toMatchObject([{ level: 40, type: 'CustomerPurchase', count: 1 }]);
    await until(async () => (await receiving.metric('gateway_events_overdue')).some((line) => line.endsWith(' 1')));
    expect(await receiving.receiptsOf(id)).toEqual([]);

    const told = await receiving.commands('endpoints');
    expect(told.stdout).toContain('no connection to the receiver came about (0x80050205)');
    expect(told.stdout).toContain('nothing has to be replayed');
  });

  it('is confirmed all the same by one that comes late', async () => {
    const receiving = await start();
    receiving.emulator.asyncService.hold();
    const id = await overdue(receiving, 'late');
    receiving.emulator.asyncService.release();
    await receiving.confirmed(id);
    expect(await listOverdue(receiving)).toEqual([]);
  });

  it('may be one whose step somebody disabled: verify finds it, apply mends it', async () => {
    const receiving = await start();
    const { tables } = receiving.emulator;
    const [step] = tables.rows('sdkmessageprocessingstep').filter(({ name }) => String(name).endsWith(API));
    tables.changeRow('sdkmessageprocessingstep', String(step?.sdkmessageprocessingstepid), { statecode: 1 });
    await overdue(receiving, 'disabled');
    const verified = await receiving.dataverse('verify');
    expect(verified).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('statecode is 1, wished is 0') });
    expect(await receiving.dataverse('apply', '--yes')).toMatchObject({ exitCode: 0 });
    await receiving.confirmed((await receiving.publish('enabled')).id);
  });

  it('may be one of a secret that Dataverse was not told: it is refused, and --write-secrets mends it', async () => {
    const receiving = await start();
    await receiving.restart({ kind: 'http-header', headers: { 'x-hook-key': 'another' } }, SOON);
    await overdue(receiving, 'wrong-secret');
    await until(() => jobOf(receiving)?.statuscode === 31);
    expect(jobOf(receiving)).toMatchObject({ statuscode: 31, errorcode: 0x80050201 | 0 });
    expect(receiving.logged('receipt.refused')).toMatchObject([{ level: 40, reason: 'secret-invalid' }]);
    expect(await receiving.dataverse('verify')).toMatchObject({ exitCode: 0 });
    expect(await receiving.dataverse('apply', '--yes', '--write-secrets')).toMatchObject({ exitCode: 0 });
    await receiving.confirmed((await receiving.publish('right-secret')).id);
  });

  it('is nothing to a gateway that expects none', async () => {
    const receiving = await start();
    await receiving.restart(null, SOON);
    const { id } = await receiving.publish('not-expected');
    await until(async () => (await receiving.event(id)).status === 'delivered');
    await until(() => jobOf(receiving)?.statuscode === 31);
    const { status, body } = await receiving.gateway.operate('POST', '/hooks/dataverse');
    expect([status, body.detail]).toEqual([404, expect.stringContaining('HOOK_AUTH_FILE')]);
    expect(await overdueIn(1_000_000, receiving.databaseUrl)).toBe(0);
    expect(await listOverdue(receiving)).toEqual([]);
  });
});
