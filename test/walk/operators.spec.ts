import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import { runCli } from '../cli/support/run-cli.js';
import { accept, claimOne, deadFor, settlementOf } from '../outbox/support/events.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const SOON_MS = 10_000;
const GATE = 'type:CustomerPurchase';
const GATE_PATH = `/v1/gates/${encodeURIComponent(GATE)}`;

let environment: Environment;
beforeEach(async () => {
  environment = await createEnvironment();
});
afterEach(() => environment.remove());

async function withGateway(walk: (gateway: RunningGateway) => Promise<void>): Promise<void> {
  const gateway = await RunningGateway.start(environment);
  try {
    await walk(gateway);
  } finally {
    await gateway.stop();
  }
}

async function publish(gateway: RunningGateway, purchaseId: string): Promise<string> {
  const { status, body } = await gateway.publish('customer-purchase', purchaseOf(purchaseId));
  expect(status).toBe(202);
  return `${body.id}`;
}

async function reaches(gateway: RunningGateway, id: string, status: string): Promise<void> {
  await until(async () => (await gateway.get(`/v1/events/${id}`)).body.status === status, SOON_MS);
}

/** Dataverse refuses this purchase once. */
function refuseOnce(purchaseId: string): void {
  const match = { target: 'call', bodyContains: purchaseId } as const;
  environment.emulator.fault({ kind: 'status', status: 400, code: '0x80040203', match });
}

async function listed(gateway: RunningGateway, query: string): Promise<readonly unknown[]> {
  const { body } = await gateway.get(`/v1/events?${query}`);
  return (body.events as readonly { id: string }[]).map(({ id }) => id);
}

function tags(): readonly (string | null)[] {
  return environment.emulator.received().map(({ tag }) => tag);
}

function cli(...args: readonly string[]) {
  return runCli([...args, '--json'], { environment: { DATABASE_URL: environment.databaseUrl } });
}

describe('an operator', () => {
  it('finds a dead event, replays it, and sees it delivered', () =>
    withGateway(async (gateway) => {
      refuseOnce('dies-once');
      const id = await publish(gateway, 'dies-once');
      await reaches(gateway, id, 'dead');
      expect(await listed(gateway, 'status=dead')).toEqual([id]);

      expect((await gateway.operate('POST', `/v1/events/${id}/replay`)).status).toBe(200);

      await reaches(gateway, id, 'delivered');
      expect(tags()).toEqual([id]);
      expect(await listed(gateway, 'status=dead')).toEqual([]);
      const { body } = await gateway.get(`/v1/events/${id}/attempts`);
      expect((body.attempts as { outcome: string }[]).map(({ outcome }) => outcome)).toEqual(['rejected', 'delivered']);
    }));

  it('replays by filter what died in an outage, and what lives is not touched', () =>
    withGateway(async (gateway) => {
      const names = ['out-1', 'out-2', 'out-3'];
      for (const name of names) refuseOnce(name);
      const dead = await Promise.all(names.map((name) => publish(gateway, name)));
      for (const id of dead) await reaches(gateway, id, 'dead');
      const fine = await publish(gateway, 'fine');
      await reaches(gateway, fine, 'delivered');

      const filter = { type: 'CustomerPurchase', status: 'dead' };
      const dryRun = await gateway.operate('POST', '/v1/replays', { filter, dryRun: true });
      expect(dryRun.body).toEqual({ count: 3, dryRun: true });
      expect((await gateway.operate('POST', '/v1/replays', { filter })).body).toEqual({ count: 3, dryRun: false });

      for (const id of dead) await reaches(gateway, id, 'delivered');
      expect(tags().toSorted()).toEqual([fine, ...dead].toSorted());
    }));

  it('replays by force what the subscriber lost: the same id once more', () =>
    withGateway(async (gateway) => {
      const id = await publish(gateway, 'lost');
      await reaches(gateway, id, 'delivered');
      expect((await gateway.operate('POST', `/v1/events/${id}/replay`)).status).toBe(409);

      await gateway.operate('POST', `/v1/events/${id}/replay`, { force: true, reason: 'restored from yesterday' });

      await environment.emulator.whenReceived(2, SOON_MS);
      expect(tags()).toEqual([id, id]);
      await reaches(gateway, id, 'delivered');
    }));

  it('pauses a type, so that nothing of it is sent, and resumes it', () =>
    withGateway(async (gateway) => {
      const paused = await gateway.operate('PUT', GATE_PATH, { paused: true, reason: 'maintenance' });
      expect(paused.body).toMatchObject({ paused: true, pause: { reason: 'maintenance' } });
      const id = await publish(gateway, 'waits');
      const payment = { ...PAYMENT, paymentId: 'passes' };
      const { body } = await gateway.publish('vendor-payment-posted', payment);
      await reaches(gateway, `${body.id}`, 'delivered');
      expect(tags()).toEqual([body.id]);
      expect((await gateway.get(`/v1/events/${id}`)).body).toMatchObject({ status: 'pending', attemptCount: 0 });

      await gateway.operate('PUT', GATE_PATH, { paused: false });

      await reaches(gateway, id, 'delivered');
    }));

  it('works by command beside the gateway, which notices within a second or so', () =>
    withGateway(async (gateway) => {
      expect(await cli('gates', 'pause', GATE, '--reason', 'maintenance')).toMatchObject({ exitCode: 0 });
      await until(async () => {
        const { body } = await gateway.get('/v1/gates');
        return (body.gates as { name: string; paused: boolean }[]).some(({ name, paused }) => name === GATE && paused);
      }, SOON_MS);
      refuseOnce('by-command');
      const id = await publish(gateway, 'by-command');
      expect(await cli('gates', 'resume', GATE)).toMatchObject({ exitCode: 0 });
      await reaches(gateway, id, 'dead');

      expect(await cli('events', 'replay', '--status', 'dead', '--yes')).toMatchObject({ exitCode: 0 });

      await reaches(gateway, id, 'delivered');
      const { body } = await gateway.get('/v1/audit?limit=3');
      expect((body.entries as { action: string }[]).map(({ action }) => action)).toEqual([
        'event.replay',
        'gate.resume',
        'gate.pause',
      ]);
    }));
});

const PAYMENT = {
  paymentId: 'P-1',
  occurredAt: '2026-11-22T10:00:00Z',
  vendorNumber: 'V-1',
  companyCode: 'DE01',
  amount: '10.00',
  currencyCode: 'EUR',
};

describe('a key that a dead event blocks', () => {
  let [first, second]: readonly string[] = [];

  /** No type that ships blocks: the store is made as it would be if one did. */
  beforeEach(async () => {
    const store = await openStore({ databaseUrl: environment.databaseUrl, role: 'owner', clock: new SystemClock() });
    const facts = (paymentId: string) => ({
      type: 'VendorPaymentPosted',
      client: 'erp',
      orderingKey: 'V-1',
      data: JSON.stringify({ ...PAYMENT, paymentId }),
    });
    [first, second] = await accept(store, facts('first'), facts('second'));
    await store.outbox.settle([settlementOf(await claimOne(store), deadFor('rejected', true))]);
    await store.close();
  });

  it('is listed, and goes on when its head is cancelled', () =>
    withGateway(async (gateway) => {
      expect(await listed(gateway, 'blocking=true')).toEqual([first]);

      await gateway.operate('POST', `/v1/events/${first}/cancel`, { reason: 'entered by hand' });

      await reaches(gateway, `${second}`, 'delivered');
      expect(tags()).toEqual([second]);
      expect(await listed(gateway, 'blocking=true')).toEqual([]);
    }));

  it('goes on in its order when its head is replayed', () =>
    withGateway(async (gateway) => {
      await gateway.operate('POST', `/v1/events/${first}/replay`);
      await reaches(gateway, `${second}`, 'delivered');
      expect(tags()).toEqual([first, second]);
    }));
});
