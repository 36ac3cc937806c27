import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { TableOperation } from '../../src/dataverse/provisioning/change.js';
import { ONCE, type Patience } from '../../src/dataverse/repeat/patience.js';
import { DataverseUnreachableError } from '../../src/dataverse/tables/dataverse-unreachable.error.js';
import { TableClient } from '../../src/dataverse/tables/table-client.js';
import { until } from '../support/until.js';
import { always, claimed, loadEvents, optionsFor, ShiftedClock, USER } from './support/gateway-side.js';
import { type Answering, type HostileCloud, resetConnection, status } from './support/hostile-cloud.js';
import { ID, NOT_THERE, QUICK, refusal, rows } from './support/table-answers.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const QUERY = { select: ['name'] };
const CREATE: TableOperation = {
  kind: 'create',
  set: 'catalogs',
  primaryKey: 'catalogid',
  id: ID,
  row: { name: 'Events' },
  binds: [{ navigation: 'ParentCatalogId', set: 'catalogs', to: { id: 'root' } }],
};

describe('TableClient', () => {
  let cloud: HostileCloud;
  let connection: DataverseConnection;
  let tables: TableClient;
  let waits: { ms: number; why: string }[];

  beforeEach(async () => {
    const { cloud: started, ca } = await startTrustedCloud();
    cloud = started;
    connection = new DataverseConnection(optionsFor(cloud, ca), new ShiftedClock());
    waits = [];
    tables = tablesWith({ ...QUICK, onWait: (wait) => waits.push(wait) });
  });

  afterEach(async () => {
    connection.close();
    await cloud.stop();
  });

  function tablesWith(patience: Patience, signal = always.signal, mayStillSend = always.mayStillSend): TableClient {
    return new TableClient(connection, { applicationUser: USER, signal, mayStillSend, patience });
  }

  const paths = () => cloud.calls.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);

  it('asks for metadata that is not stale, and names itself as the documentation wants it', async () => {
    cloud.nextCalls.push(rows([]));
    await tables.list('customapis', QUERY);
    expect(cloud.calls[0]?.headers).toMatchObject({
      accept: 'application/json',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      'if-none-match': 'null',
      consistency: 'Strong',
      authorization: 'Bearer token-1',
    });
  });

  it('asks for what the query says, percent-encoded', async () => {
    cloud.nextCalls.push(rows([]));
    await tables.list('customapis', {
      select: ['name', 'type'],
      filter: "name eq 'O''Brien & Co'",
      expand: ['PluginTypeId($select=name)'],
      orderBy: 'name',
      top: 3,
    });
    expect(cloud.calls[0]?.path).not.toMatch(/[ &]Co/);
    expect(paths()).toEqual([
      "GET /api/data/v9.2/customapis?$select=name,type&$filter=name eq 'O''Brien & Co'&$expand=PluginTypeId($select=name)&$orderby=name&$top=3",
    ]);
  });

  describe('in pages', () => {
    it('reads on to the last, on its own host whatever the link says', async () => {
      cloud.nextCalls.push(
        rows([{ name: 'a' }, { name: 'b' }], 'https://elsewhere.example/api/data/v9.2/customapis?$skiptoken=2'),
        rows([{ name: 'c' }]),
      );
      expect(await tables.list('customapis', QUERY)).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
      expect(paths()).toEqual([
        'GET /api/data/v9.2/customapis?$select=name',
        'GET /api/data/v9.2/customapis?$skiptoken=2',
      ]);
    });

    it('goes on with an expanded collection that was cut', async () => {
      const link = `${cloud.url}/api/data/v9.2/customapis(1)/Parameters?$skiptoken=2`;
      cloud.nextCalls.push(
        rows([{ name: 'a', Parameters: [{ name: 'p' }], 'Parameters@odata.nextLink': link }]),
        rows([{ name: 'q' }]),
      );
      const [row] = await tables.list('customapis', QUERY);
      expect(row).toEqual({ name: 'a', Parameters: [{ name: 'p' }, { name: 'q' }] });
    });

    it('takes no row twice where the link leads to the whole collection', async () => {
      const link = `${cloud.url}/api/data/v9.2/customapis(1)/Parameters?$select=name`;
      cloud.nextCalls.push(
        rows([{ name: 'a', Parameters: [{ name: 'p' }], 'Parameters@odata.nextLink': link }]),
        rows([{ name: 'p' }, { name: 'q' }]),
      );
      const [row] = await tables.list('customapis', QUERY);
      expect(row).toEqual({ name: 'a', Parameters: [{ name: 'p' }, { name: 'q' }] });
    });
  });

  describe('throttled', () => {
    it('waits as long as it is asked, says so, and comes again as the same request', async () => {
      cloud.nextCalls.push(refusal(429, '0x80072322', 'too many', { 'Retry-After': '1' }), rows([{ name: 'a' }]));
      const begun = performance.now();
      expect(await tables.list('customapis', QUERY)).toEqual([{ name: 'a' }]);
      expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
      expect(waits).toMatchObject([{ ms: 1000, why: 'HTTP 429, too many requests in five minutes' }]);
      const [first, second] = cloud.calls.map(({ headers }) => headers['x-ms-client-request-id']);
      expect(first).toMatch(/^[0-9a-f-]{36}$/);
      expect(second).toBe(first);
    });

    it('gives up at once where it is asked to wait beyond its patience', async () => {
      cloud.nextCalls.push(refusal(429, '0x80072322', 'too many', { 'Retry-After': '600' }));
      const failed = await tables.list('customapis', QUERY).catch((thrown: unknown) => thrown);
      expect(failed).toBeInstanceOf(DataverseUnreachableError);
      expect(failed).toMatchObject({ mayHaveRun: false, message: expect.stringContaining('throttled') });
      expect(cloud.calls).toHaveLength(1);
    });

    it('holds back what else the user asks for, which would only lengthen it', async () => {
      const times: number[] = [];
      const timed =
        (answering: Answering): Answering =>
        (response, request) => {
          times.push(performance.now());
          answering(response, request);
        };
      cloud.nextCalls.push(timed(refusal(429, '0x80072322', 'too many', { 'Retry-After': '1' })));
      const first = tables.list('customapis', QUERY);
      await until(() => waits.length > 0);
      cloud.nextCalls.push(timed(rows([])), timed(rows([])));
      await tables.list('catalogs', QUERY);
      await first;
      const [throttledAt = 0, ...next] = times;
      // However late the second request was made: whichever comes next comes no sooner.
      expect(Math.min(...next) - throttledAt).toBeGreaterThanOrEqual(990);
      expect(cloud.calls).toHaveLength(3);
    });

    it('sends nothing while another request waits for longer than it can', async () => {
      cloud.nextCalls.push(refusal(429, '0x80072322', 'too many', { 'Retry-After': '600' }));
      for (let count = 0; count < 2; count += 1) {
        await expect(tables.list('customapis', QUERY)).rejects.toThrow('throttled');
      }
      expect(cloud.calls).toHaveLength(1);
    });

    it('gives up where its waits together would outlast its patience', async () => {
      const again = refusal(429, '0x80072322', 'too many', { 'Retry-After': '1' });
      cloud.nextCalls.push(again, again, rows([]));
      const impatient = tablesWith({ ...QUICK, waitMs: 1_500 });
      await expect(impatient.list('customapis', QUERY)).rejects.toThrow(DataverseUnreachableError);
      expect(cloud.calls).toHaveLength(2);
    });
  });

  it.each<[string, Answering]>([
    ['a reset', resetConnection],
    ['a 502', status(502)],
    ['a 503', status(503)],
    ['a 504', status(504)],
    ['a deadlock', refusal(500, '0x80044150')],
    [
      'half an answer',
      (response) => response.writeHead(200, { 'Content-Length': '99' }).write('{', () => response.destroy()),
    ],
  ])('repeats after %s whatever may run twice', async (_name, trouble) => {
    const calls: [() => Promise<unknown>, Answering][] = [
      [() => tables.list('customapis', QUERY), rows([])],
      [() => tables.write(CREATE), status(204)],
      [() => tables.write({ kind: 'update', set: 'catalogs', id: ID, row: { name: 'x' }, binds: [] }), status(204)],
      [() => tables.write({ kind: 'delete', set: 'catalogs', id: ID }), status(204)],
    ];
    for (const [call, success] of calls) {
      cloud.nextCalls.push(trouble, success);
      await call();
    }
    expect(cloud.calls).toHaveLength(8);
  });

  it('gives up after as many repeats as it has patience for', async () => {
    cloud.nextCalls.push(...Array.from({ length: QUICK.repeats + 2 }, () => status(503)));
    await expect(tables.list('customapis', QUERY)).rejects.toMatchObject({ mayHaveRun: true });
    expect(cloud.calls).toHaveLength(QUICK.repeats + 1);
  });

  it('repeats no action that may have run', async () => {
    cloud.nextCalls.push(resetConnection);
    const failed = await tables.callAction('PublishAllXml', {}).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ name: 'DataverseUnreachableError', mayHaveRun: true });
    expect(cloud.calls).toHaveLength(1);
  });

  it('repeats nothing for whoever comes again by itself', async () => {
    cloud.nextCalls.push(status(503));
    await expect(tablesWith(ONCE).list('customapis', QUERY)).rejects.toThrow(DataverseUnreachableError);
    expect(cloud.calls).toHaveLength(1);
  });

  it('renews a refused token once, and takes a second refusal for what it is', async () => {
    cloud.nextCalls.push(status(401), rows([]));
    await tables.list('customapis', QUERY);
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-2']);

    cloud.nextCalls.push(status(401), status(401));
    await expect(tables.list('customapis', QUERY)).rejects.toMatchObject({ status: 401 });
  });

  it('ends its wait when it is called off', async () => {
    cloud.nextCalls.push(refusal(429, '0x80072322', 'too many', { 'Retry-After': '600' }));
    const controller = new AbortController();
    const patience = { ...QUICK, waitMs: 600_000, onWait: () => controller.abort() };
    await expect(tablesWith(patience, controller.signal).list('customapis', QUERY)).rejects.toThrow(
      DataverseUnreachableError,
    );
    expect(cloud.calls).toHaveLength(1);
  });

  it('asks for one token, whoever else calls over the connection', async () => {
    const destination = new DataverseDestination(connection, await loadEvents());
    cloud.nextCalls.push(rows([]));
    await tables.list('customapis', QUERY);
    await destination.deliver(await claimed('CustomerPurchase'), USER, always);
    expect(cloud.bearers).toEqual(['Bearer token-1', 'Bearer token-1']);
    expect(cloud.tokenRequests).toHaveLength(1);
  });

  it('ends its wait when the connection is closed', async () => {
    cloud.nextCalls.push(refusal(429, '0x80072322', 'too many', { 'Retry-After': '600' }));
    const closing = tablesWith({ ...QUICK, waitMs: 600_000, onWait: () => connection.close() });
    await expect(closing.list('customapis', QUERY)).rejects.toThrow(DataverseUnreachableError);
    expect(cloud.calls).toHaveLength(1);
  });

  it('sends nothing any more once it may not', async () => {
    const mayNot = tablesWith(QUICK, always.signal, () => false);
    await expect(mayNot.list('customapis', QUERY)).rejects.toMatchObject({ mayHaveRun: false });
    expect(cloud.calls).toHaveLength(0);
  });

  it('tells no row from a row', async () => {
    cloud.nextCalls.push(NOT_THERE, status(200, {}, '{"name":"a"}'));
    expect(await tables.find('catalogs', ID, QUERY)).toBeNull();
    expect(await tables.find('catalogs', ID, QUERY)).toEqual({ name: 'a' });
  });

  it('tells what was refused in the words of Dataverse, on one line', async () => {
    const headers = { 'x-ms-service-request-id': 'req-1' };
    cloud.nextCalls.push(refusal(403, '0x80040220', 'missing prvReadCustomAPI\r\n   at Microsoft.Crm', headers));
    await expect(tables.list('customapis', QUERY)).rejects.toThrow(
      'Dataverse refused GET customapis with HTTP 403, 0x80040220: missing prvReadCustomAPI (service request req-1)',
    );
  });

  it.each<[string, Answering, string]>([
    ["a proxy's page", status(200, {}, '<html>'), 'something in between'],
    ['a redirect', status(302, { Location: '/login' }), 'HTTP 302'],
  ])('takes %s for no answer of Dataverse', async (_name, answer, words) => {
    cloud.nextCalls.push(answer);
    await expect(tables.list('customapis', QUERY)).rejects.toThrow(words);
  });

  it('says in words why there is no token', async () => {
    const refusal = JSON.stringify({ error: 'invalid_client', error_codes: [7000215], error_description: 'sssh' });
    cloud.nextTokens.push(status(401, {}, refusal));
    await expect(tables.list('customapis', QUERY)).rejects.toThrow(/the client secret is wrong \(AADSTS7000215\)/);
    expect(cloud.calls).toHaveLength(0);
  });
});
