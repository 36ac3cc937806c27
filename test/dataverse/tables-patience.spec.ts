import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import type { TableOperation } from '../../src/dataverse/provisioning/change.js';
import type { Patience } from '../../src/dataverse/repeat/patience.js';
import { TableClient } from '../../src/dataverse/tables/table-client.js';
import { HeldLimit } from '../support/held-limit.js';
import { always, optionsFor, ShiftedClock, USER } from './support/gateway-side.js';
import { type Answering, type HostileCloud, resetConnection, status } from './support/hostile-cloud.js';
import { ID, QUICK, refusal, rows } from './support/table-answers.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const QUERY = { select: ['name'] };
const CREATE: TableOperation = {
  kind: 'create',
  set: 'catalogs',
  primaryKey: 'catalogid',
  id: ID,
  row: { name: 'Events' },
  binds: [],
};
const THROTTLED_FOR_LONG = refusal(429, '0x80072322', 'too many', { 'Retry-After': '600' });

describe('the patience of a TableClient', () => {
  let cloud: HostileCloud;
  let connection: DataverseConnection;
  let limit: HeldLimit;

  beforeEach(async () => {
    const { cloud: started, ca } = await startTrustedCloud();
    cloud = started;
    limit = new HeldLimit();
    connection = new DataverseConnection({ ...optionsFor(cloud, ca), timeoutMs: limit.ms }, new ShiftedClock());
  });

  afterEach(async () => {
    limit.release();
    connection.close();
    await cloud.stop();
  });

  function tablesWith(patience: Patience): TableClient {
    return new TableClient(connection, { applicationUser: USER, ...always, patience });
  }

  async function failureOf(request: Promise<unknown>): Promise<unknown> {
    return request.catch((thrown: unknown) => thrown);
  }

  it('ends with its waiting time, however often it is throttled', async () => {
    const shortly = refusal(429, '0x80072326', 'too many at once', { 'Retry-After': '0' });
    cloud.nextCalls.push(shortly, shortly, shortly, rows([{ name: 'a' }]));
    const waits: number[] = [];
    const tables = tablesWith({ ...QUICK, repeats: 1, onWait: ({ ms }) => waits.push(ms) });
    expect(await tables.list('catalogs', QUERY)).toEqual([{ name: 'a' }]);
    expect(waits).toEqual([1_000, 1_000, 1_000]);
  });

  it.each<[string, readonly Answering[]]>([
    ['a throttle beyond patience', [resetConnection, THROTTLED_FOR_LONG]],
    ['a token that is not to be had', [status(502), status(401)]],
  ])('knows after %s that an earlier try may have run', async (_name, answers) => {
    cloud.nextCalls.push(...answers);
    const refused = JSON.stringify({ error: 'invalid_client', error_codes: [7000215] });
    await connection.tokens.get(USER)?.get(always.signal);
    cloud.nextTokens.push(status(401, {}, refused));
    const failed = await failureOf(tablesWith(QUICK).write(CREATE));
    expect(failed).toMatchObject({ name: 'DataverseUnreachableError', request: 'POST catalogs', mayHaveRun: true });
  });

  it('knows of the first throttle that nothing has run', async () => {
    cloud.nextCalls.push(THROTTLED_FOR_LONG);
    expect(await failureOf(tablesWith(QUICK).write(CREATE))).toMatchObject({
      mayHaveRun: false,
      retryAfterMs: 600_000,
    });
  });

  it('says of each wait why it is, and how long the try before it took', async () => {
    const late: Answering = () => setTimeout(limit.end, 260);
    cloud.nextCalls.push(late, rows([]));
    const waits: unknown[] = [];
    await tablesWith({ ...QUICK, onWait: (wait) => waits.push(wait) }).list('catalogs', QUERY);
    expect(waits).toEqual([
      { ms: expect.any(Number), why: 'no answer in time (ETIMEDOUT)', tookMs: expect.any(Number) },
    ]);
    expect((waits[0] as { tookMs: number }).tookMs).toBeGreaterThan(250);
  });
});
