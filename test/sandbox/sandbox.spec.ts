import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

interface Sandbox {
  readonly child: ChildProcess;
  /** Everything it printed so far. */
  printed(): string;
}

describe('the sandbox, as a newcomer meets it', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0)) await end(child);
    await rm(folder, { recursive: true });
  });

  it('prints a command that is answered with 202, and shows the event delivered and confirmed', async () => {
    const sandbox = await start();
    const answer = await runCommand(sandbox);

    expect(answer).toContain('HTTP/1.1 202');
    const id = /"id":"([^"]+)"/.exec(answer)?.[1] ?? 'none';
    await until(() => sandbox.printed().includes(`${id} delivered`));
    await until(() => sandbox.printed().includes(`${id} confirmed`));
    const { stdout } = await cli('events', 'show', id, '--json');
    const { status, deliveredAt, confirmedAt } = JSON.parse(stdout);
    expect(status).toBe('delivered');
    // Long before the fifteen minutes after which it would be overdue.
    expect(Date.parse(confirmedAt) - Date.parse(deliveredAt)).toBeLessThan(30_000);
  }, 120_000);

  it('sends demo events on request', async () => {
    await start();
    const { stdout } = await cli('send', 'CustomerPurchase', '--count', '25', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 25, refused: 0 });
  }, 120_000);

  it('goes on where it was when it is started again, with the same key', async () => {
    const first = await start();
    const answer = await runCommand(first);
    const key = keyIn(first.printed());
    expect(await end(first.child)).toBe(0);

    expect(first.printed()).toContain('provisioned by this start');
    const second = await start();
    expect(second.printed()).toContain('as the event types need them');
    expect(keyIn(second.printed())).toBe(key);
    const id = /"id":"([^"]+)"/.exec(answer)?.[1] ?? 'none';
    const { stdout } = await cli('events', 'show', id, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ id });
  }, 120_000);

  it('confirms after a start what was not confirmed before the end', async () => {
    const first = await start();
    const emulator = /https:\/\/localhost:\d+/.exec(first.printed())?.[0] ?? 'none';
    await run('curl', ['-skf', '-X', 'POST', `${emulator}/_emulator/async-service/hold`]);
    await cli('send', 'CustomerPurchase', '--count', '20', '--json');
    await until(async () => (await summary()).delivered === 20);
    await end(first.child);
    await start();
    await until(async () => (await summary()).confirmed === 20);
  }, 120_000);

  it.each(['connection.json', 'hook-auth.json'])(
    'keeps what is in %s from other users of the machine',
    async (name) => {
      await start();
      const { mode } = await stat(join(folder, 'data', 'sandbox', name));
      expect(mode & 0o077).toBe(0);
    },
  );

  it('tells Dataverse a new secret where the old one was lost', async () => {
    await end((await start()).child);
    await rm(join(folder, 'data', 'sandbox', 'hook-auth.json'));
    const sandbox = await start();
    await runCommand(sandbox);
    await until(() => / confirmed in \d+ ms/.test(sandbox.printed()));
  }, 120_000);

  it('is the only one in its folder, and says where it is', async () => {
    const { printed } = await start();
    const url = /http:\/\/localhost:\d+/.exec(printed())?.[0] ?? 'none';
    const failure = await cliWith({ PORT: '0' }, 'sandbox').catch((error: object) => error);

    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining(url) });
  }, 120_000);

  it('says what to do when its port is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const failure = await cliWith({ PORT: String(port) }, 'sandbox').catch((error: object) => error);
    blocker.close();

    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining(`Port ${port} is in use`) });
    expect(failure).toMatchObject({ stderr: expect.stringContaining('PORT') });
  });

  async function start(): Promise<Sandbox> {
    const child = spawn(process.execPath, [CLI, 'sandbox'], {
      cwd: folder,
      env: { PATH: process.env.PATH, PORT: '0' },
    });
    children.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
      });
    }
    await until(() => text.includes('Ctrl-C') || child.exitCode !== null);
    return { child, printed: () => text };
  }

  /** As the README has it: commands find the sandbox of their folder. */
  function cli(...args: readonly string[]) {
    return cliWith({}, ...args);
  }

  function cliWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
    return run(process.execPath, [CLI, ...args], { cwd: folder, env: { PATH: process.env.PATH, ...environment } });
  }

  async function summary() {
    const { stdout } = await cli('events', 'summary', '--json');
    return (JSON.parse(stdout) as { total: { delivered: number; confirmed: number } }).total;
  }

  /** As the contract has it: from the first line with `curl ` to the first line without a backslash at its end. */
  async function runCommand(sandbox: Sandbox): Promise<string> {
    const lines = sandbox.printed().split('\n');
    const first = lines.findIndex((line) => line.includes('curl '));
    const last = lines.findIndex((line, index) => index >= first && !line.endsWith('\\'));
    const { stdout } = await run('bash', ['-c', lines.slice(first, last + 1).join('\n')]);
    return stdout;
  }
});

function keyIn(printed: string): string | undefined {
  return /API key\s+(\S+)/.exec(printed)?.[1];
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  return child.exitCode;
}
