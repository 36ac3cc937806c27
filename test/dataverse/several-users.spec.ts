import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport, Outcome } from '../../src/delivery/destination.js';
import { Emulator } from '../../src/emulator/emulator.js';
import { always, claimed, loadEvents, optionsFor, PREFIX, ShiftedClock } from './support/gateway-side.js';

const DELIVERED: Outcome = { kind: 'delivered' };
const HOUR_MS = 3_600_000;
const [FIRST, SECOND, THIRD] = [1, 2, 3].map((digit) => `aaaaaaaa-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
];
const secretOf = (clientId: string) => `secret of ${clientId}`;

describe('several application users', () => {
  let emulator: Emulator;
  let destination: DataverseDestination;
  let clock: ShiftedClock;

  beforeEach(async () => {
    const events = await loadEvents();
    emulator = await Emulator.start({
      customApis: events.definitions.map((definition) => customApiFor(definition, PREFIX)),
      applicationUsers: [FIRST, SECOND, THIRD].map((clientId) => ({ clientId, clientSecret: secretOf(clientId) })),
    });
    clock = new ShiftedClock();
    const applicationUsers = [FIRST, SECOND, THIRD].map((clientId) => ({
      clientId,
      credential: { kind: 'secret', clientSecret: secretOf(clientId) } as const,
    }));
    const options = optionsFor(emulator, emulator.caCertificate, { tenantId: emulator.tenantId, applicationUsers });
    destination = new DataverseDestination(new DataverseConnection(options, clock), events);
  });

  afterEach(async () => {
    destination.close();
    await emulator.stop();
  });

  async function deliver(user: string): Promise<CallReport> {
    return destination.deliver(await claimed('CustomerPurchase'), user, always);
  }

  async function deliverBatch(user: string): Promise<readonly (Outcome | null)[]> {
    const events = [await claimed('CustomerPurchase'), await claimed('VendorPaymentPosted')];
    return (await destination.deliverBatch(events, user, always)).map(({ outcome }) => outcome);
  }

  async function outcomesOfAll(): Promise<readonly (Outcome | null)[]> {
    return (await Promise.all([FIRST, SECOND, THIRD].map(deliver))).map(({ outcome }) => outcome);
  }

  const callers = () => new Set(emulator.received().map(({ applicationUser }) => applicationUser));

  it('call each by their own name, at the same time', async () => {
    expect(await outcomesOfAll()).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    expect(callers()).toEqual(new Set([FIRST, SECOND, THIRD]));
  });

  it('carry on, calls and batches, while the secret of one is revoked', async () => {
    emulator.revokeSecret(SECOND);
    const shutOut = { kind: 'misconfigured', scope: 'user' };
    expect(await outcomesOfAll()).toEqual([DELIVERED, shutOut, DELIVERED]);
    expect(await Promise.all([FIRST, SECOND, THIRD].map(deliverBatch))).toEqual([
      [DELIVERED, DELIVERED],
      [shutOut, shutOut],
      [DELIVERED, DELIVERED],
    ]);
    expect((await destination.probe(SECOND, always)).outcome).toEqual(shutOut);
    expect((await destination.probe(THIRD, always)).outcome).toEqual(DELIVERED);
    expect(callers()).toEqual(new Set([FIRST, THIRD]));
  });

  it('find the one whose secret was revoked while its token held out only once that has ended', async () => {
    await outcomesOfAll();
    emulator.revokeSecret(SECOND);
    expect(await outcomesOfAll()).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    clock.aheadMs = 2 * HOUR_MS;
    expect(await outcomesOfAll()).toEqual([DELIVERED, { kind: 'misconfigured', scope: 'user' }, DELIVERED]);
  });

  it('take the one back whose secret is good again', async () => {
    emulator.revokeSecret(SECOND);
    await deliver(SECOND);
    emulator.registerApplicationUser({ clientId: SECOND, clientSecret: secretOf(SECOND) });
    expect((await deliver(SECOND)).outcome).toEqual(DELIVERED);
  });

  it('lose no token of theirs when those of one are revoked', async () => {
    await outcomesOfAll();
    const before = emulator.requests().filter(({ url }) => url.includes('/oauth2/')).length;
    emulator.revokeTokens(SECOND);
    expect(await outcomesOfAll()).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    expect(emulator.requests().filter(({ url }) => url.includes('/oauth2/'))).toHaveLength(before + 1);
  });

  it('are throttled one by one', async () => {
    emulator.throttleNext(1, { retryAfterSeconds: 9, match: { clientId: SECOND } });
    const throttled = { kind: 'throttled', retryAfterMs: 9000, limit: 'requests' };
    expect(await outcomesOfAll()).toEqual([DELIVERED, throttled, DELIVERED]);
  });

  it('have limits of their own', async () => {
    emulator.changeLimits({ requests: 1 });
    expect(await outcomesOfAll()).toEqual([DELIVERED, DELIVERED, DELIVERED]);
    const kinds = (await outcomesOfAll()).map((outcome) => outcome?.kind);
    expect(kinds).toEqual(['throttled', 'throttled', 'throttled']);
  });
});
