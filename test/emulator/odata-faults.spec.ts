import { describe, expect, it } from '@jest/globals';
import { batchOf, partsOf } from './support/batch.js';
import { ManualClock } from './support/manual-clock.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { customApiBody, errorOf, read, rowsOf, write } from './support/tables.js';

const NAME = 'contoso_CustomerPurchase';

describe('a fault', () => {
  it.each([
    ['the target table', { target: 'table' as const }, [503, 503, 204, 200]],
    ['a table', { table: 'customapis' }, [503, 204, 204, 200]],
    ['a method', { method: 'POST' }, [200, 503, 503, 200]],
    ['a table and a method', { table: 'catalogs', method: 'POST' }, [200, 503, 204, 200]],
    ['the target call', { target: 'call' as const }, [200, 204, 503, 200]],
    ['the target who-am-i', { target: 'who-am-i' as const }, [200, 204, 204, 503]],
  ])('aimed at %s meets no other request', async (_what, match, expected) => {
    const { client, emulator } = await runningEmulator();
    emulator.failNext({ status: 503, times: null, match });
    const catalog = { uniquename: 'contoso_A', name: 'A', displayname: 'A', description: 'A' };
    const replies = [
      await read(client, 'customapis'),
      await write(client, 'POST', 'catalogs', catalog),
      await client.call(NAME, PURCHASE_BODY),
      await read(client, 'WhoAmI'),
    ];
    expect(replies.map(({ status }) => status)).toEqual(expected);
  });

  it('loses the answer to a write that was made', async () => {
    const { client, emulator } = await runningEmulator({ customApis: [] });
    emulator.resetAfterCommit({ match: { table: 'customapis', method: 'POST' } });
    const body = customApiBody('contoso_A');
    await expect(write(client, 'POST', 'customapis', body)).rejects.toThrow();
    expect(await rowsOf(client, 'customapis')).toHaveLength(1);
    expect((await write(client, 'POST', 'customapis', body)).status).toBe(412);
  });

  it('meets a single operation of a batch by its table', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.failNext({ status: 503, match: { target: 'part', table: 'customapis' } });
    const { headers, body } = batchOf(
      [
        { method: 'GET', uri: '/api/data/v9.2/catalogs' },
        { method: 'GET', uri: '/api/data/v9.2/customapis' },
      ],
      'odata.continue-on-error',
    );
    const reply = await client.api('$batch', { method: 'POST', headers, body });
    expect(partsOf(reply.headers['content-type'] ?? '', reply.body).map(({ status }) => status)).toEqual([200, 503]);
  });
});

describe('requests to tables', () => {
  it('count towards the limits, and stand in the log with their table', async () => {
    const { client, emulator } = await runningEmulator({ limits: { requests: 2 } });
    await read(client, 'customapis');
    await read(client, '$metadata');
    const third = await read(client, 'customapis');
    expect({ status: third.status, code: errorOf(third).code }).toEqual({ status: 429, code: '0x80072322' });
    expect(emulator.requests().map(({ table, customApi, status }) => [table, customApi, status])).toEqual([
      [null, null, 200],
      ['customapis', null, 200],
      ['$metadata', null, 200],
      ['customapis', null, 429],
    ]);
  });
});

describe('a new custom API', () => {
  it('is not there for calls before the delay of metadata has passed', async () => {
    const clock = new ManualClock();
    const { client } = await runningEmulator({ clock, customApis: [], unconfirmed: { metadataDelayMs: 30_000 } });
    await write(client, 'POST', 'customapis', customApiBody('contoso_A'));
    const early = await client.call('contoso_A', '{}');
    expect({ status: early.status, code: errorOf(early).code }).toEqual({ status: 404, code: '0x8006088a' });
    clock.pass(30_000);
    expect((await client.call('contoso_A', '{}')).status).toBe(204);
  });
});
