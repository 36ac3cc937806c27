import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { environmentOf } from '../../src/emulator/environment-of.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

const NAME = 'contoso_CustomerPurchase';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function receive(tags: readonly string[], receivedCap = 100): Promise<void> {
  const { client, emulator } = await runningEmulator({ folder, receivedCap });
  for (const tag of tags) await client.call(`${NAME}?tag=${tag}`, PURCHASE_BODY);
  await emulator.stop();
}

describe('an emulator with a folder', () => {
  it('still knows after a restart what it received, and counts on', async () => {
    await receive(['1', '2']);
    const { client, emulator } = await runningEmulator({ folder });
    await client.call(`${NAME}?tag=3`, PURCHASE_BODY);
    expect(emulator.received().map(({ sequence, tag }) => [sequence, tag])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
    ]);
    expect(emulator.received()[0]?.parameters).toMatchObject({ TotalAmount: '24.850' });
  });

  it('has written a call before it answers', async () => {
    const { client } = await runningEmulator({ folder });
    await client.call(NAME, PURCHASE_BODY);
    expect(await readFile(join(folder, 'received.jsonl'), 'utf8')).toMatch(/^\{"sequence":1,.*"committed":true.*\}\n$/);
  });

  it('overlooks a line that a kill cut short, and writes on behind the whole ones', async () => {
    await receive(['1']);
    await appendFile(join(folder, 'received.jsonl'), '{"sequence":2,"rece');
    await receive(['2']);
    const { emulator } = await runningEmulator({ folder });
    expect(emulator.received().map(({ sequence, tag }) => [sequence, tag])).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
  });

  it('reads records longer than one read of the file', async () => {
    const { client, emulator } = await runningEmulator({ folder });
    const note = 'ü'.repeat(100_000);
    for (let calls = 0; calls < 3; calls += 1) {
      await client.call(NAME, PURCHASE_BODY.replace('}', `,"Note":"${note}"}`));
    }
    await emulator.stop();
    const restarted = await runningEmulator({ folder });
    expect(restarted.emulator.received().map(({ parameters }) => parameters.Note)).toEqual([note, note, note]);
  });

  it('forgets for good what was cleared', async () => {
    const { client, emulator } = await runningEmulator({ folder });
    await client.call(NAME, PURCHASE_BODY);
    emulator.reset();
    await client.call(`${NAME}?tag=after`, PURCHASE_BODY);
    await emulator.stop();
    const restarted = await runningEmulator({ folder });
    expect(restarted.emulator.received().map(({ tag }) => tag)).toEqual(['after']);
  });

  it('keeps its authority, so that clients go on trusting it, and its key to itself', async () => {
    const first = await runningEmulator({ folder });
    await first.emulator.stop();
    const second = await runningEmulator({ folder });
    expect(second.emulator.caCertificate).toBe(first.emulator.caCertificate);
    expect(await readFile(second.emulator.caCertificatePath ?? '', 'utf8')).toBe(first.emulator.caCertificate);
    expect((await stat(join(folder, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await second.client.api('WhoAmI')).status).toBe(200);
  });

  it('is found by a client through seven variables', async () => {
    const { emulator } = await runningEmulator({ folder });
    expect(environmentOf(emulator, DEFAULT_APPLICATION_USER)).toEqual({
      DATAVERSE_URL: emulator.url,
      DATAVERSE_SOLUTION: 'BusinessEvents',
      AZURE_TENANT_ID: emulator.tenantId,
      AZURE_CLIENT_ID: DEFAULT_APPLICATION_USER.clientId,
      AZURE_CLIENT_SECRET: DEFAULT_APPLICATION_USER.clientSecret,
      AZURE_AUTHORITY_HOST: emulator.url,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    });
  });
});

describe('memory', () => {
  it('holds the newest calls only, while the count goes on', async () => {
    const { client, emulator } = await runningEmulator({ receivedCap: 3 });
    for (const tag of ['1', '2', '3', '4', '5']) await client.call(`${NAME}?tag=${tag}`, PURCHASE_BODY);
    expect(emulator.received().map(({ tag }) => tag)).toEqual(['3', '4', '5']);
    expect(emulator.receivedCount).toBe(5);
    expect((await client.control('GET', '/received?limit=1')).json()).toMatchObject({
      total: 5,
      items: [{ tag: '3' }],
    });
  });
});
