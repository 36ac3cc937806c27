import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { PurchaseLoad } from '../support/purchase-load.js';
import { until } from '../support/until.js';

const CYCLES = 25;
/** How long a gateway lives: long enough to accept and deliver, short enough to be hit in every phase of both. */
const LIVES_MS = { shortest: 20, longest: 300 };

describe('a gateway that is killed with SIGKILL under load, again and again', () => {
  let environment: Environment;
  let gateway: GatewayProcess | null = null;

  beforeEach(async () => {
    environment = await createEnvironment({ receivedCap: 1_000_000 });
  });

  afterEach(async () => {
    await gateway?.kill();
    await environment.remove();
  });

  it(`loses no event that it answered with 202, in ${CYCLES} lives`, async () => {
    const apiKey = await environment.createClient('till');
    const load = new PurchaseLoad({ apiKey, url: () => gateway?.url ?? null, workers: 8, name: 'kill' });
    for (let life = 0; life < CYCLES; life++) {
      gateway = await GatewayProcess.start(environment.settings);
      await wait(LIVES_MS.shortest + Math.random() * (LIVES_MS.longest - LIVES_MS.shortest));
      await gateway.kill();
    }
    gateway = await GatewayProcess.start(environment.settings);
    const { url } = gateway;
    await load.stop();
    expect(load.unexpected).toEqual([]);
    expect(load.accepted.length).toBeGreaterThan(CYCLES);
    // One key, one event: what was sent again after a crash has the id it had before.
    expect(new Set(load.accepted.map(({ id }) => id)).size).toBe(load.accepted.length);

    const received = () => new Set(environment.emulator.received().map(({ tag }) => tag));
    const endOf = async (id: string) => {
      const answer = await fetch(`${url}/v1/events/${id}`, { headers: { Authorization: `Bearer ${apiKey}` } });
      return (await answer.json()) as { status: string; reason: string | null };
    };
    let missing = load.accepted.map(({ id }) => id);
    await until(async () => {
      const seen = received();
      missing = missing.filter((id) => !seen.has(id));
      const ends = await Promise.all(missing.map(endOf));
      return ends.every(({ status }) => status === 'dead');
    }, 60_000);

    // What is missing is visibly given up: an event that lost three leases in a row is taken for what kills its process.
    const ends = await Promise.all(missing.map(endOf));
    expect(ends.filter(({ reason }) => reason !== 'poison')).toEqual([]);
    expect(missing.length).toBeLessThan(load.accepted.length / 10);
    // And nothing reached Dataverse that no till was told of.
    const keys = new Set(load.accepted.map(({ purchaseId }) => purchaseId));
    const strangers = environment.emulator
      .received()
      .filter(({ parameters }) => !keys.has(String(parameters.PurchaseId)));
    expect(strangers).toEqual([]);
    expect(await gateway.stop()).toBe(0);
  }, 180_000);
});
