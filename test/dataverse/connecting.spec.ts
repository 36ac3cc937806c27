import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataverseOptions } from '../../src/dataverse/dataverse-options.js';
import type { CallReport } from '../../src/delivery/destination.js';
import { HeldLimit } from '../support/held-limit.js';
import { createAuthority, type TestAuthority } from './support/certificates.js';
import { always, claimed, destinationFor, optionsFor, USER } from './support/gateway-side.js';
import { HostileCloud } from './support/hostile-cloud.js';
import { RawServer, refusingPort } from './support/raw-server.js';

/** Entra is well, Dataverse cannot be connected to: nothing of this can have been executed. */
describe('connecting to Dataverse', () => {
  let authority: TestAuthority;
  let entra: HostileCloud;
  const cleanUp: (() => unknown)[] = [];

  beforeAll(async () => {
    authority = await createAuthority();
  });

  beforeEach(async () => {
    entra = await HostileCloud.start(await authority.issue('localhost'));
    cleanUp.push(() => entra.stop());
  });

  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  });

  async function deliverTo(url: string, changes: Partial<DataverseOptions> = {}): Promise<CallReport> {
    const destination = await destinationFor({ ...optionsFor(entra, authority.ca), url, ...changes });
    cleanUp.push(() => destination.close());
    return destination.deliver(await claimed('CustomerPurchase'), USER, always);
  }

  async function rawServer(onConnection: Parameters<typeof RawServer.start>[0]): Promise<RawServer> {
    const server = await RawServer.start(onConnection);
    cleanUp.push(() => server.stop());
    return server;
  }

  it('is unavailable where the connection is refused', async () => {
    const report = await deliverTo(`https://localhost:${await refusingPort()}`);
    expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ECONNREFUSED', httpStatus: null });
  });

  it('is unavailable where the name is unknown', async () => {
    // A label of 64 characters is no name at all: the resolver says so without asking anybody.
    const report = await deliverTo(`https://${'x'.repeat(64)}.invalid`);
    expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ENOTFOUND' });
  });

  it('is unavailable where the handshake breaks off, and tries once more at once', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const report = await deliverTo(server.url);
    expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ECONNRESET' });
    expect(server.connections).toBe(2);
  });

  it('is unavailable where the other side speaks no TLS', async () => {
    const server = await rawServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect((await deliverTo(server.url)).outcome).toEqual({ kind: 'unavailable' });
  });

  it('is unavailable where time is up before the handshake is finished', async () => {
    const limit = new HeldLimit();
    cleanUp.push(() => limit.release());
    const server = await rawServer((socket) => {
      socket.resume();
      limit.end();
    });
    const report = await deliverTo(server.url, { timeoutMs: limit.ms });
    expect(report).toMatchObject({ outcome: { kind: 'unavailable' }, errorCode: 'ETIMEDOUT' });
    expect(server.connections).toBe(1);
  });

  it('delivers where only the first connection broke off', async () => {
    const certificate = await authority.issue('localhost');
    const cloud = await HostileCloud.start(certificate);
    cleanUp.push(() => cloud.stop());
    const flaky: RawServer = await rawServer((socket) => {
      if (flaky.connections === 1) socket.once('data', () => socket.resetAndDestroy());
      else cloud.adopt(socket);
    });
    const report = await deliverTo(flaky.url);
    expect(report.outcome).toEqual({ kind: 'delivered' });
    expect(cloud.calls).toHaveLength(1);
  });

  describe('with a certificate that does not verify', () => {
    const expected = { outcome: { kind: 'misconfigured', scope: 'user' }, httpStatus: null };

    it.each<readonly [string, string, (own: TestAuthority) => Promise<{ key: string; cert: string }>]>([
      ['is expired', 'CERT_HAS_EXPIRED', (own) => own.issue('localhost', { expired: true })],
      ['is for another name', 'ERR_TLS_CERT_ALTNAME_INVALID', (own) => own.issue('elsewhere.example')],
      [
        'is of another authority',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        async () => (await createAuthority('Other CA')).issue('localhost'),
      ],
    ])('is misconfigured for the application user where it %s', async (_, errorCode, issue) => {
      const cloud = await HostileCloud.start(await issue(authority));
      cleanUp.push(() => cloud.stop());
      expect(await deliverTo(cloud.url)).toMatchObject({ ...expected, errorCode });
      expect(cloud.calls).toHaveLength(0);
    });

    it('does not try again', async () => {
      const cloud = await HostileCloud.start(await authority.issue('elsewhere.example'));
      cleanUp.push(() => cloud.stop());
      await deliverTo(cloud.url);
      expect(cloud.handshakes).toBe(1);
    });

    it('says the same of the token endpoint', async () => {
      const cloud = await HostileCloud.start(await authority.issue('elsewhere.example'));
      cleanUp.push(() => cloud.stop());
      const report = await deliverTo(entra.url, { authorityHost: cloud.url });
      expect(report).toMatchObject(expected);
      expect(entra.calls).toHaveLength(0);
    });
  });
});
