import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../cli/support/run-cli.js';
import { OLDER, type OlderGateway, startOlderGateway } from '../outbox/support/older-gateway.js';
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './support/provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const WHY = /schema has version \d+, this program needs \d+, and a gateway of an older version works on it: use/;

describe('a command of this version, beside a gateway of the version before on PostgreSQL,', () => {
  let environment: ProvisioningEnvironment;
  let server: PostgresServer;
  let settings: { readonly DATABASE_URL: string };
  let gateway: OlderGateway;

  beforeEach(async () => {
    environment = await createProvisioningEnvironment();
    server = await sharedPostgres();
    settings = { DATABASE_URL: await server.createDatabase() };
    gateway = await startOlderGateway(settings.DATABASE_URL);
  });

  afterEach(async () => {
    expect(await gateway.version()).toBe(OLDER);
    await gateway.stop();
    await server.dropDatabase(settings.DATABASE_URL);
    await environment.remove();
  });

  it('plans and applies, and says that the store could not be looked into', async () => {
    for (const [command, exitCode] of [
      ['plan', 2],
      ['apply --yes', 0],
      ['plan', 0],
    ] as const) {
      const run = await environment.run(command, { environment: settings });
      expect({ command, exitCode: run.exitCode }).toEqual({ command, exitCode });
      expect(run.stderr).toMatch(/The gateway's store could not be looked into/);
      expect(run.stderr).toMatch(WHY);
    }
  });

  it('makes no custom API anew, for it cannot pause the gate', async () => {
    await environment.run('apply --yes');
    environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
    const before = environment.provisioned();
    const { exitCode, stderr } = await environment.run(`apply --yes --recreate ${API}`, { environment: settings });
    expect({ exitCode, provisioned: environment.provisioned() }).toEqual({ exitCode: 3, provisioned: before });
    expect(stderr).toMatch(WHY);
  });

  it.each(['events list', 'gates list', 'clients list'])('%s ends with what to do', async (command) => {
    const { exitCode, stdout, stderr } = await runCli(command.split(' '), { environment: settings });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(WHY);
  });
});
