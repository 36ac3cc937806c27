import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataverseConnection } from '../../src/dataverse/dataverse-connection.js';
import type { TableOperation } from '../../src/dataverse/provisioning/change.js';
import { Secret } from '../../src/dataverse/secret.js';
import { DataverseRefusedError } from '../../src/dataverse/tables/dataverse-refused.error.js';
import { TableClient } from '../../src/dataverse/tables/table-client.js';
import { always, optionsFor, ShiftedClock, USER } from './support/gateway-side.js';
import { type HostileCloud, resetConnection, status } from './support/hostile-cloud.js';
import { ID, NOT_THERE, QUICK, refusal, rows } from './support/table-answers.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const CREATE: TableOperation = {
  kind: 'create',
  set: 'catalogs',
  primaryKey: 'catalogid',
  id: ID,
  row: { name: 'Events' },
  binds: [{ navigation: 'ParentCatalogId', set: 'catalogs', to: { id: 'root' } }],
};
const DUPLICATE = refusal(412, '0x80040237', 'A record with matching key values already exists.');

describe('TableClient, writing', () => {
  let cloud: HostileCloud;
  let connection: DataverseConnection;
  let tables: TableClient;

  beforeEach(async () => {
    const { cloud: started, ca } = await startTrustedCloud();
    cloud = started;
    connection = new DataverseConnection(optionsFor(cloud, ca), new ShiftedClock());
    tables = new TableClient(connection, { applicationUser: USER, ...always, patience: QUICK });
  });

  afterEach(async () => {
    connection.close();
    await cloud.stop();
  });

  it('names the id of a new row, what it belongs to, and the solution', async () => {
    await tables.write(CREATE, { solution: 'BusinessEvents' });
    const [call] = cloud.calls;
    expect(call).toMatchObject({ method: 'POST', path: '/api/data/v9.2/catalogs' });
    expect(call?.headers['mscrm.solutionuniquename']).toBe('BusinessEvents');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      catalogid: ID,
      name: 'Events',
      'ParentCatalogId@odata.bind': '/catalogs(root)',
    });
  });

  it('never makes a row by updating it', async () => {
    await tables.write({ kind: 'update', set: 'catalogs', id: ID, row: { name: 'x' }, binds: [] });
    expect(cloud.calls[0]).toMatchObject({ method: 'PATCH', headers: { 'if-match': '*' }, body: '{"name":"x"}' });
    expect(cloud.calls[0]?.headers).not.toHaveProperty('mscrm.solutionuniquename');
  });

  it('finds what a row belongs to when the write is due', async () => {
    const to = { filter: "name eq 'contoso_X'", primaryKey: 'sdkmessageid' };
    const binds = [{ navigation: 'sdkmessageid', set: 'sdkmessages', to }];
    cloud.nextCalls.push(rows([{ sdkmessageid: 'found' }]));
    await tables.write({ ...CREATE, binds });
    expect(JSON.parse(cloud.calls[1]?.body ?? '')).toMatchObject({
      'sdkmessageid@odata.bind': '/sdkmessages(found)',
    });

    for (const found of [[], [{ sdkmessageid: '1' }, { sdkmessageid: '2' }]]) {
      cloud.nextCalls.push(rows(found));
      await expect(tables.write({ ...CREATE, binds })).rejects.toThrow(/sdkmessages .*nothing was written/);
    }
    expect(cloud.calls).toHaveLength(4);
  });

  it('knows its own row when the answer to its creation was lost', async () => {
    cloud.nextCalls.push(resetConnection, DUPLICATE, status(200, {}, `{"catalogid":"${ID}"}`));
    await tables.write(CREATE);
    expect(cloud.calls.at(-1)).toMatchObject({
      method: 'GET',
      path: `/api/data/v9.2/catalogs(${ID})?$select=catalogid`,
    });
  });

  it('does not take a row of others for its own', async () => {
    cloud.nextCalls.push(DUPLICATE, NOT_THERE);
    await expect(tables.write(CREATE)).rejects.toMatchObject({ status: 412, code: '0x80040237' });
  });

  it('is content when a row to delete is gone', async () => {
    cloud.nextCalls.push(resetConnection, NOT_THERE);
    await tables.write({ kind: 'delete', set: 'catalogs', id: ID });
    expect(cloud.calls).toHaveLength(2);
  });

  it('is content when a role to give is given already', async () => {
    cloud.nextCalls.push(DUPLICATE);
    await tables.associate({ set: 'systemusers', id: '1' }, 'systemuserroles_association', { set: 'roles', id: '2' });
    expect(JSON.parse(cloud.calls[0]?.body ?? '')).toEqual({ '@odata.id': `${cloud.url}/api/data/v9.2/roles(2)` });
  });

  it('sends secrets and shows none, even where Dataverse quotes them', async () => {
    const authvalue = '<settings><setting name="k" value="hunter2"/></settings>';
    const row = { name: 'hook', authvalue: new Secret(authvalue) };
    cloud.nextCalls.push(
      refusal(400, '0x80048d19', `Cannot read ${JSON.stringify(row).replace('[secret]', 'x')} ${authvalue}`),
    );
    const failed = await tables.write({ ...CREATE, row }).catch((thrown: unknown) => thrown);
    expect(JSON.parse(cloud.calls[0]?.body ?? '')).toMatchObject({ authvalue });
    expect(failed).toBeInstanceOf(DataverseRefusedError);
    expect(`${(failed as Error).stack} ${JSON.stringify(failed)}`).not.toContain('hunter2');
  });
});
