import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { readSettings } from '../../src/settings/read-settings.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { until } from '../support/until.js';
import { type CliRun, runCli } from './support/run-cli.js';

let environment: Environment;
let gateway: Gateway;

beforeAll(async () => {
  environment = await createEnvironment();
  const settings = readSettings({ ...environment.settings, PORT: '0', HOST: '127.0.0.1' });
  const logger = createLogger({ level: 'silent', to: 'stderr' });
  gateway = await Gateway.start({ settings, logger, ca: environment.emulator.caCertificate });
});
afterAll(async () => {
  await gateway.stop(1000);
  await environment.remove();
});

/** Reads DATABASE_URL alone: a command beside a gateway needs no credentials of Dataverse. */
function clients(...args: readonly string[]): Promise<CliRun> {
  return runCli(['clients', ...args], { environment: { DATABASE_URL: environment.databaseUrl } });
}

async function issue(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await clients(...args, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return (JSON.parse(stdout) as { apiKey: string }).apiKey;
}

async function statusWith(apiKey: string, path = '/v1/event-types'): Promise<number> {
  return (await fetch(`${gateway.url}${path}`, { headers: { 'X-API-Key': apiKey } })).status;
}

describe('clients create', () => {
  it('prints clientId and apiKey in JSON, and the key works at once on a running gateway', async () => {
    const { stdout } = await clients('create', 'till-001', '--publish', 'CustomerPurchase', '--json');
    const answer = JSON.parse(stdout) as { clientId: string; apiKey: string };

    expect(Object.keys(answer)).toEqual(['clientId', 'apiKey']);
    expect(answer.clientId).toBe('till-001');
    expect(await statusWith(answer.apiKey)).toBe(200);
  });

  it('prints the key on a line of its own for a person', async () => {
    const { stdout } = await clients('create', 'till-002', '--publish', '*');

    const key = stdout.split('\n').find((line) => line.startsWith('beg_')) ?? '';
    expect(await statusWith(key)).toBe(200);
  });

  it('takes types by word or by path, and makes operators on request', async () => {
    await issue('create', 'erp', '--publish', 'vendor-payment-posted, CustomerPurchase,CustomerPurchase');
    const operator = await issue('create', 'ops', '--role', 'operator');

    const { stdout } = await clients('list', '--json');
    const { clients: listed } = JSON.parse(stdout) as {
      clients: { clientId: string; publish: string[]; roles: string[] }[];
    };
    expect(listed.find(({ clientId }) => clientId === 'erp')).toMatchObject({
      publish: ['VendorPaymentPosted', 'CustomerPurchase'],
      roles: ['publisher'],
    });
    expect(listed.find(({ clientId }) => clientId === 'ops')).toMatchObject({ publish: [], roles: ['operator'] });
    expect(await statusWith(operator, '/metrics')).toBe(200);
  });

  it('refuses an unknown event type, naming the known ones', async () => {
    const { exitCode, stdout, stderr } = await clients('create', 'typo', '--publish', 'CustomerPurchas', '--json');

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(
      /^There is no event type "CustomerPurchas". Known: .*CustomerPurchase.*VendorPaymentPosted.*\.\n$/,
    );
  });

  it('refuses a name that is taken with 3, and leaves its key as it is', async () => {
    const apiKey = await issue('create', 'taken', '--publish', '*');

    expect((await clients('create', 'taken', '--publish', '*')).exitCode).toBe(3);
    expect(await statusWith(apiKey)).toBe(200);
  });

  it('refuses a name that cannot be one', async () => {
    expect((await clients('create', ' x', '--publish', '*')).exitCode).toBe(3);
  });
});

describe('clients list', () => {
  it('shows the public parts of keys, and nothing of the keys themselves', async () => {
    const apiKey = await issue('create', 'listed', '--publish', '*');

    for (const args of [['list'], ['list', '--json']]) {
      const { exitCode, stdout } = await clients(...args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('listed');
      expect(stdout).toContain(apiKey.split('_')[1]);
      expect(stdout).not.toContain(apiKey.slice(20));
    }
  });
});

describe('clients rotate', () => {
  it('hands out a new key and lets the old one go on for a while', async () => {
    const old = await issue('create', 'rotated', '--publish', '*');
    const fresh = await issue('rotate', 'rotated', '--keep-hours', '1');

    expect(fresh).not.toBe(old);
    expect([await statusWith(fresh), await statusWith(old)]).toEqual([200, 200]);
    expect((await clients('list')).stdout).toContain('(until ');
  });

  it('ends the old key within 5 s when it is to keep it for no time', async () => {
    const old = await issue('create', 'leaked', '--publish', '*');
    expect(await statusWith(old)).toBe(200);

    const fresh = await issue('rotate', 'leaked', '--keep-hours', '0');

    expect(await statusWith(fresh)).toBe(200);
    await until(async () => (await statusWith(old)) === 401);
  });

  it('knows no client by an unknown name: 4', async () => {
    expect(await clients('rotate', 'nobody')).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

describe('clients revoke', () => {
  it('ends every key within 5 s, and rotate lets the client call again', async () => {
    const apiKey = await issue('create', 'gone', '--publish', '*');
    expect(await statusWith(apiKey)).toBe(200);

    expect((await clients('revoke', 'gone', '--json')).stdout).toBe('{\n  "clientId": "gone",\n  "revoked": true\n}\n');

    await until(async () => (await statusWith(apiKey)) === 401);
    expect(await statusWith(await issue('rotate', 'gone'))).toBe(200);
  });

  it('knows no client by an unknown name: 4', async () => {
    expect(await clients('revoke', 'nobody')).toMatchObject({ exitCode: 4, stdout: '' });
  });
});
