import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../cli/support/run-cli.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const SOON_MS = 10_000;
const GATE = 'type:CustomerPurchase';

let environment: Environment;
beforeEach(async () => {
  environment = await createEnvironment();
});
afterEach(() => environment.remove());

async function withGateway<T>(walk: (gateway: RunningGateway) => Promise<T>): Promise<T> {
  const gateway = await RunningGateway.start(environment);
  return walk(gateway).finally(() => gateway.stop());
}

async function publish(gateway: RunningGateway, purchaseId: string): Promise<string> {
  return `${(await gateway.publish('customer-purchase', purchaseOf(purchaseId))).body.id}`;
}

function isDelivered(gateway: RunningGateway, id: string): Promise<void> {
  return until(async () => (await gateway.get(`/v1/events/${id}`)).body.status === 'delivered', SOON_MS);
}

async function cli(...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runCli(args, { environment: { DATABASE_URL: environment.databaseUrl } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
}

function tags(): readonly (string | null)[] {
  return environment.emulator.received().map(({ tag }) => tag);
}

describe('a restore of a backup', () => {
  it('sends what waited then and was delivered since once more, under the same id, when its gate is let go', async () => {
    const backup = join(environment.folder, 'backup.db');
    const { waited, since } = await withGateway(async (gateway) => {
      await cli('gates', 'pause', GATE, '--reason', 'the night before');
      await until(async () => gatePaused(await gateway.get('/v1/gates')), SOON_MS);
      const id = await publish(gateway, 'waited');
      await cli('backup', backup);
      await cli('gates', 'resume', GATE);
      await isDelivered(gateway, id);
      const later = await publish(gateway, 'since');
      await isDelivered(gateway, later);
      return { waited: id, since: later };
    });
    const file = join(environment.folder, 'gateway.db');
    for (const beside of ['', '-wal', '-shm']) await rm(`${file}${beside}`, { force: true });
    await copyFile(backup, file);

    await withGateway(async (gateway) => {
      expect((await gateway.get(`/v1/events/${waited}`)).body).toMatchObject({ status: 'pending' });
      expect((await gateway.get(`/v1/events/${since}`)).status).toBe(404);
      const again = await publish(gateway, 'since');
      expect(again).not.toBe(since);
      expect(tags()).toEqual([waited, since]);

      await cli('gates', 'resume', GATE, '--reason', 'compared');

      await isDelivered(gateway, waited);
      await isDelivered(gateway, again);
      expect(tags().toSorted()).toEqual([waited, waited, since, again].toSorted());
    });
  }, 120_000);
});

function gatePaused({ body }: { readonly body: Readonly<Record<string, unknown>> }): boolean {
  return (body.gates as { name: string; paused: boolean }[]).some(({ name, paused }) => name === GATE && paused);
}
