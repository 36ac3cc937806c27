import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { type OwnPostgresServer, sharedPostgres, startPostgres } from '../../support/postgres-server.js';

describe("the tests' own PostgreSQL", () => {
  let server: OwnPostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.leave());

  it('keeps what was committed over a kill and a restart', async () => {
    const url = await server.createDatabase();
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS value');
    await server.kill();
    await expect(query(url, 'SELECT value FROM kept')).rejects.toThrow('ECONNREFUSED');
    await server.start();
    expect(await query(url, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
    await server.restart();
    expect(await query(url, 'SELECT value FROM kept')).toEqual([{ value: 1 }]);
  });

  it('is another one than the server all tests share', async () => {
    const shared = await sharedPostgres();
    expect(shared.port).not.toBe(server.port);
    const url = await shared.createDatabase();
    expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await shared.dropDatabase(url);
  });

  async function query(connectionString: string, sql: string): Promise<readonly unknown[]> {
    const client = new Client({ connectionString });
    try {
      await client.connect();
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
});
