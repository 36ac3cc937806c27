import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { CliProcess } from './support/spawn-cli.js';

const START_DEADLINE_MS = 30_000;
const run = promisify(execFile);

let folder: string;
let started: CliProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateway's cli-"));
  started = [];
});
afterEach(async () => {
  for (const command of started) command.signal('SIGKILL');
  await Promise.all(started.map((command) => command.exitCode()));
  await rm(folder, { recursive: true });
});

function start(...args: readonly string[]): CliProcess {
  const command = new CliProcess(args, { DATABASE_URL: `sqlite:${join(folder, 'gateway.db')}` }, folder);
  started.push(command);
  return command;
}

describe('a command in a process of its own', () => {
  it('writes JSON alone to standard output, and exits by itself', async () => {
    const command = start('clients', 'create', 'till', '--publish', '*', '--json');

    expect(await command.exitCode()).toBe(0);
    expect(Object.keys(JSON.parse(command.stdout) as object)).toEqual(['clientId', 'apiKey']);
    expect(command.stderr).toBe('');
  });

  it('tells scripts by its exit code what kind of failure it was', async () => {
    const codes = await Promise.all(
      [['clients', 'revoke', 'nobody'], ['no-such-command']].map((args) => start(...args).exitCode()),
    );

    expect(codes).toEqual([4, 2]);
  });

  it('writes the OpenAPI document without listening', async () => {
    const command = start('openapi', '--out', join(folder, 'api', 'openapi.json'));

    expect(await command.exitCode()).toBe(0);
    const document = JSON.parse(await readFile(join(folder, 'api', 'openapi.json'), 'utf8')) as { paths: object };
    expect(Object.keys(document.paths)).toContain('/v1/events/customer-purchase');
  });
});

describe('emulate', () => {
  /** Asks for a token with nothing but what the block has set. */
  const ASK_FOR_A_TOKEN = `
    const { AZURE_AUTHORITY_HOST, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, DATAVERSE_URL } = process.env;
    const answer = await fetch(AZURE_AUTHORITY_HOST + '/' + AZURE_TENANT_ID + '/oauth2/v2.0/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: AZURE_CLIENT_ID,
        client_secret: AZURE_CLIENT_SECRET,
        scope: DATAVERSE_URL + '/.default',
      }),
    });
    process.stdout.write(await answer.text());`;

  it('prints a block that bash takes as it stands, and that leads to a token', async () => {
    const command = start('emulate');
    await until(() => command.stdout.includes('Ctrl-C'), START_DEADLINE_MS);

    const { stdout } = await run(
      'bash',
      [
        '-c',
        'eval "$1"; exec "$2" --input-type=module -e "$3"',
        'bash',
        command.stdout,
        process.execPath,
        ASK_FOR_A_TOKEN,
      ],
      { env: {} },
    );

    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 on %s', async (signal) => {
    const command = start('emulate', '--json', '--folder', join(folder, 'emulator'));
    await until(() => command.stdout.endsWith('}\n'), START_DEADLINE_MS);
    expect(JSON.parse(command.stdout)).toMatchObject({
      DATAVERSE_URL: expect.stringMatching(/^https:\/\/localhost:\d+$/),
      DATAVERSE_SOLUTION: 'BusinessEvents',
      DATAVERSE_PUBLISHER_PREFIX: 'contoso',
    });

    command.signal(signal);

    expect(await command.exitCode()).toBe(0);
    expect(command.stderr).toBe('');
  });

  it.each([
    ['is empty', [], []],
    [
      'is provisioned where that is asked for',
      ['--provisioned'],
      ['contoso_CustomerPurchase', 'contoso_VendorPaymentPosted'],
    ],
  ])('%s', async (_how, options, expected) => {
    const command = start('emulate', '--json', '--folder', join(folder, 'emulator'), ...options);
    await until(() => command.stdout.endsWith('}\n'), START_DEADLINE_MS);
    const { DATAVERSE_URL: url } = JSON.parse(command.stdout) as { DATAVERSE_URL: string };
    const { stdout } = await run('curl', ['-sk', `${url}/_emulator/custom-apis`]);
    const names = (JSON.parse(stdout) as readonly { uniqueName: string }[]).map(({ uniqueName }) => uniqueName);

    expect(names.toSorted()).toEqual(expected);
  });

  it('knows where addresses of endpoints lead on this machine', async () => {
    const routes = [
      '--webhook-route',
      'http://a.example=http://127.0.0.1:1',
      '--webhook-route',
      'sb://b.example=amqp://[::1]:2',
    ];
    const command = start('emulate', '--json', '--folder', join(folder, 'emulator'), ...routes);
    await until(() => command.stdout.endsWith('}\n'), START_DEADLINE_MS);
    const { DATAVERSE_URL: url } = JSON.parse(command.stdout) as { DATAVERSE_URL: string };
    const { stdout } = await run('curl', ['-sk', `${url}/_emulator/webhook-routes`]);

    expect(JSON.parse(stdout)).toEqual({
      'http://a.example': 'http://127.0.0.1:1',
      'sb://b.example': 'amqp://[::1]:2',
    });
  });

  it.each([
    ['a route is to be given', [], 'start this with --webhook-route http://gateway.localhost='],
    ['its route is there', ['--webhook-route', 'http://a.example=http://127.0.0.1:1'], '--receiver http://a.example`'],
  ])('says how a gateway gets its receipts: %s', async (_what, options, expected) => {
    const command = start('emulate', '--folder', join(folder, 'emulator'), ...options);
    await until(() => command.stdout.includes('Ctrl-C'), START_DEADLINE_MS);

    const remarks = command.stdout.split('\n').filter((line) => !line.startsWith('export '));
    expect(remarks.join('\n')).toContain(expected);
    expect(remarks.filter((line) => line !== '' && !line.startsWith('# '))).toEqual([]);
  });

  it('explains a route that leads nowhere', async () => {
    const command = start('emulate', '--webhook-route', 'http://a.example/hook=http://127.0.0.1:1');

    expect(await command.exitCode()).toBe(2);
    expect(command.stderr).toMatch(/--webhook-route.*It is <from>=<to>: 'http:\/\/a\.example\/hook' is no origin/);
  });

  it('explains a port that is taken', async () => {
    const first = start('emulate', '--json');
    await until(() => first.stdout.endsWith('}\n'), START_DEADLINE_MS);
    const { port } = new URL((JSON.parse(first.stdout) as { DATAVERSE_URL: string }).DATAVERSE_URL);

    const second = start('emulate', '--port', port, '--folder', join(folder, 'other'));

    expect(await second.exitCode()).toBe(1);
    expect(second.stderr).toContain(port);
    expect(second.stderr).not.toMatch(/\n\s+at /);
  });

  it('tells what keeps it from being provisioned', async () => {
    const args = ['emulate', '--json', '--folder', join(folder, 'emulator')];
    const first = start(...args);
    await until(() => first.stdout.endsWith('}\n'), START_DEADLINE_MS);
    const { DATAVERSE_URL: url } = JSON.parse(first.stdout) as { DATAVERSE_URL: string };
    const solutions = `${url}/_emulator/tables/solutions`;
    const rows = JSON.parse((await run('curl', ['-sk', solutions])).stdout) as readonly Record<string, string>[];
    const id = rows.find(({ uniquename }) => uniquename === 'BusinessEvents')?.solutionid;
    await run('curl', [
      '-sk',
      '-X',
      'PATCH',
      '-H',
      'content-type: application/json',
      '-d',
      '{"ismanaged":true}',
      `${solutions}/${id}`,
    ]);
    first.signal('SIGTERM');
    await first.exitCode();

    const second = start(...args, '--provisioned');
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr).toMatch(
      /^The emulated Dataverse cannot be provisioned\.\n.*BusinessEvents.*\n.*another folder\.\n$/s,
    );
    expect(second.stderr).not.toMatch(/\n\s+at /);
  });

  it('leaves a folder to the emulator that runs in it, until that is killed', async () => {
    const args = ['emulate', '--json', '--folder', join(folder, 'emulator')];
    const first = start(...args);
    await until(() => first.stdout.endsWith('}\n'), START_DEADLINE_MS);

    const second = start(...args);
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr).toMatch(/^Another emulator runs in .*start this one in another folder\.\n$/);

    first.signal('SIGKILL');
    await first.exitCode();
    const third = start(...args);
    await until(() => third.stdout.endsWith('}\n'), START_DEADLINE_MS);
  });
});
