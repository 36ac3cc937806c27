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

async function listed(name: string) {
  const { clients: all } = JSON.parse((await clients('list', '--json')).stdout) as {
    clients: {
      clientId: string;
      rate: number | null;
      keys: { prefix: string; createdAt: string; expiresAt: string | null }[];
    }[];
  };
  const found = all.find(({ clientId }) => clientId === name);
  if (found === undefined) throw new Error(`no client ${name}`);
  return found;
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

describe('clients create --expires-in-days', () => {
  it('hands out a key that ends by itself, and the list says when', async () => {
    const apiKey = await issue('create', 'visitor', '--publish', '*', '--expires-in-days', '30');
    expect(await statusWith(apiKey)).toBe(200);
    const [key] = (await listed('visitor')).keys;
    const inDays = (Date.parse(key?.expiresAt ?? '') - Date.parse(key?.createdAt ?? '')) / 86_400_000;
    expect(inDays).toBe(30);
    expect((await clients('list')).stdout).toMatch(/visitor .*\(until /);
  });

  it.each(['0', '-1', '1.5', '3651', 'soon', ''])('refuses %p days', async (days) => {
    expect((await clients('create', 'x', '--publish', '*', '--expires-in-days', days)).exitCode).toBe(2);
    expect((await clients('rotate', 'visitor', '--expires-in-days', days)).exitCode).toBe(2);
  });
});

describe('clients rate', () => {
  it('holds a client to a rate on a running gateway, and lets it go again', async () => {
    const apiKey = await issue('create', 'busy', '--publish', '*', '--rate', '1');
    expect((await listed('busy')).rate).toBe(1);
    // Ten at once, one more a second: far more than come free while they are on their way.
    const statuses = await Promise.all(Array.from({ length: 40 }, () => statusWith(apiKey)));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);

    expect((await clients('rate', 'busy', 'none', '--json')).stdout).toBe(
      '{\n  "clientId": "busy",\n  "rate": null\n}\n',
    );
    await until(async () => {
      const again = await Promise.all(Array.from({ length: 15 }, () => statusWith(apiKey)));
      return again.every((status) => status === 200);
    });
    expect((await clients('rate', 'busy', '50')).stdout).toContain('may send 50 events per second');
    expect((await clients('list')).stdout).toMatch(/busy +\* +publisher +50 /);
  });

  it('may be given as none when a client is made, as the help says', async () => {
    await issue('create', 'unbound', '--publish', '*', '--rate', 'none');
    expect((await listed('unbound')).rate).toBeNull();
  });

  it.each(['0', '-5', '1.5', 'unlimited', '1000001', ''])('refuses a rate of %p', async (rate) => {
    expect((await clients('rate', 'busy', rate)).exitCode).toBe(2);
    expect((await clients('create', 'y', '--publish', '*', '--rate', rate)).exitCode).toBe(2);
  });

  it('knows no client by an unknown name: 4', async () => {
    expect(await clients('rate', 'nobody', '5')).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

describe('clients rotate', () => {
  it('lets two keys work: a third ends the oldest, and says so', async () => {
    const first = await issue('create', 'often', '--publish', '*');
    expect((await clients('rotate', 'often')).stdout).toContain('its key before ends in 24 h:');
    expect(await statusWith(first)).toBe(200);
    expect((await clients('rotate', 'often')).stdout).toContain(
      'its key before ends in 24 h, and older ones have ended:',
    );
    await until(async () => (await statusWith(first)) === 401);
    const working = (await listed('often')).keys.filter(
      ({ expiresAt }) => !(Date.parse(expiresAt ?? '') <= Date.now()),
    );
    expect(working).toHaveLength(2);
  });

  it('hands out a new key and lets the old one go on for a while', async () => {
    const old = await issue('create', 'rotated', '--publish', '*');
    const fresh = await issue('rotate', 'rotated', '--keep-hours', '1');

    expect(fresh).not.toBe(old);
    expect([await statusWith(fresh), await statusWith(old)]).toEqual([200, 200]);
    expect((await clients('list')).stdout).toContain('(until ');
  });

  it('ends the old key within 2 s when it is to keep it for no time', async () => {
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
  it('ends every key within 2 s, and rotate lets the client call again', async () => {
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
