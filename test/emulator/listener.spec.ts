import { connect } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { Emulator } from '../../src/emulator/emulator.js';
import { TooFewReceivedError } from '../../src/emulator/received/too-few-received.error.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

/** The name a handshake proves, or the error code that ends it. */
function handshake(port: number, servername: string, ca?: string | readonly string[]): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const isAddress = /^[0-9.:]+$/.test(servername);
  const trust = ca === undefined ? {} : { ca: [ca].flat() };
  const socket = connect({ port, host: 'localhost', ...trust, ...(isAddress ? { host: servername } : { servername }) });
  socket.once('secureConnect', () => resolve('trusted'));
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  return promise.finally(() => socket.destroy());
}

describe('the listener', () => {
  it.each(['localhost', '127.0.0.1', 'dataverse.internal'])(
    'proves to be %s to who trusts its authority',
    async (name) => {
      const { emulator } = await runningEmulator({ hostNames: ['dataverse.internal'] });
      expect(await handshake(Number(new URL(emulator.url).port), name, emulator.caCertificate)).toBe('trusted');
    },
  );

  it('proves nothing to anybody else, and is nobody else', async () => {
    const { emulator } = await runningEmulator();
    const port = Number(new URL(emulator.url).port);
    expect(await handshake(port, 'localhost')).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    expect(await handshake(port, 'other.example', emulator.caCertificate)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is told from another emulator by who trusts both', async () => {
    const both = await Promise.all([runningEmulator(), runningEmulator()]);
    const authorities = both.map(({ emulator }) => emulator.caCertificate);
    for (const { emulator } of both) {
      expect(await handshake(Number(new URL(emulator.url).port), 'localhost', authorities)).toBe('trusted');
    }
  });

  it('grants tokens for every name it answers to', async () => {
    const { client, emulator } = await runningEmulator({ hostNames: ['dataverse.internal'] });
    const { port } = new URL(emulator.url);
    for (const origin of [`https://127.0.0.1:${port}`, `https://[::1]:${port}`, `https://dataverse.internal:${port}`]) {
      expect((await client.askToken({ scope: `${origin}/.default` })).status).toBe(200);
    }
  });

  it('says so when its port is taken, and leaves nothing behind', async () => {
    const { emulator } = await runningEmulator();
    const port = Number(new URL(emulator.url).port);
    await expect(Emulator.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('is gone after stop, on the same port free for the next', async () => {
    const first = await runningEmulator();
    const port = Number(new URL(first.emulator.url).port);
    await first.emulator.stop();
    const second = await runningEmulator({ port });
    expect(second.emulator.url).toBe(first.emulator.url);
    expect((await second.client.api('WhoAmI')).status).toBe(200);
  });
});

describe('waiting for calls', () => {
  it('ends as soon as they were received', async () => {
    const { client, emulator } = await runningEmulator();
    const waiting = emulator.whenReceived(2);
    await Promise.all([1, 2].map(() => client.call('contoso_CustomerPurchase', PURCHASE_BODY)));
    expect(await waiting).toHaveLength(2);
    expect(await emulator.whenReceived(1)).toHaveLength(2);
  });

  it('fails at its deadline, and says how many there were', async () => {
    const { emulator } = await runningEmulator();
    const waiting = emulator.whenReceived(1, 20);
    await expect(waiting).rejects.toBeInstanceOf(TooFewReceivedError);
    await expect(waiting).rejects.toThrow('0 of 1 calls were received within 20 ms');
  });
});
