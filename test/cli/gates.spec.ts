import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openGate } from '../../src/delivery/gate.js';
import type { GateCause, GateRecord } from '../../src/outbox/gate-store.js';
import { until } from '../support/until.js';
import { runCli } from './support/run-cli.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

const TYPE = 'type:CustomerPurchase';
const USER = 'user:b7c1d8f0-3c1e-4a55-9c6a-8d9f5f1e2a33';

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

async function stored(name: string) {
  return (await beside.store.gates.list()).find((gate) => gate.name === name);
}

/** An operator who waits for nothing. */
const AT_ONCE = { interruption: AbortSignal.abort() };

/** What a gateway beside the command makes of the probe, once it sees it in the store. */
async function answerProbe(found: Partial<GateRecord>): Promise<void> {
  await until(async () => ((await stored(TYPE))?.closedUntil ?? Number.POSITIVE_INFINITY) <= Date.now());
  const probing = await stored(TYPE);
  if (probing === undefined) throw new Error('the gate is gone');
  await beside.store.gates.save({ ...probing, ...found, revision: probing.revision + 1 }, null);
}

async function closeGate(name: string, cause: GateCause = 'misconfigured'): Promise<void> {
  const closed = { cause, closings: 1, closedUntil: Date.now() + 600_000, revision: 1 } as const;
  await beside.store.gates.save({ ...openGate(name), ...closed, changedAt: 1 }, null);
}

describe('gates pause and resume', () => {
  it('store the pause with who and why, and lift it', async () => {
    const { exitCode, stdout, stderr } = await beside.run(['gates', 'pause', TYPE, '--reason', 'upgrade', '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      name: TYPE,
      state: 'open',
      paused: true,
      pause: { by: expect.stringMatching(/^cli:.+@.+$/), reason: 'upgrade' },
    });
    expect((await stored(TYPE))?.pause).toMatchObject({ reason: 'upgrade' });

    const resumed = await beside.run(['gates', 'resume', TYPE]);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stdout).toMatch(/^paused +-$/m);
    expect((await stored(TYPE))?.pause).toBeNull();
  });

  it('show a person who paused', async () => {
    const { stdout } = await beside.run(['gates', 'pause', TYPE, '--reason', 'upgrade']);
    expect(stdout).toMatch(/^state +paused$/m);
    expect(stdout).toMatch(/^paused +since \S+Z by cli:\S+: upgrade$/m);
  });

  it('tell of the pause of somebody else that they replace or lift', async () => {
    const pause = { by: 'chief', reason: 'upgrade', since: Date.UTC(2026, 10, 22) };
    await beside.store.gates.save({ ...openGate(TYPE), pause, changedAt: 1, revision: 1 }, null);
    const told = 'It was paused by chief since 2026-11-22T00:00:00.000Z: upgrade\n';
    expect(await beside.run(['gates', 'pause', TYPE, '--reason', 'mine'])).toMatchObject({ exitCode: 0, stderr: told });
    expect((await stored(TYPE))?.pause).toMatchObject({ reason: 'mine', since: pause.since });
    expect(await beside.run(['gates', 'resume', TYPE])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await beside.run(['gates', 'resume', TYPE])).toMatchObject({
      exitCode: 0,
      stderr: `Nothing was changed: ${TYPE} is not paused.\n`,
    });
  });

  it('lift no closing', async () => {
    await closeGate(TYPE);
    await beside.run(['gates', 'pause', TYPE, '--reason', 'r']);
    const { stdout } = await beside.run(['gates', 'resume', TYPE, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'closed', cause: 'misconfigured', paused: false });
  });

  it.each([
    ['AZURE_CLIENT_ID', USER.slice('user:'.length)],
    ['DATAVERSE_APPLICATION_USERS', JSON.stringify([{ clientId: USER.slice('user:'.length), clientSecret: 's' }])],
  ])('take an application user that %s names', async (setting, value) => {
    const environment = { DATABASE_URL: beside.databaseUrl, [setting]: value };
    const { exitCode, stderr } = await runCli(['gates', 'pause', `${USER}+${TYPE}`, '--reason', 'r'], { environment });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect((await stored(`${USER}+${TYPE}`))?.pause).not.toBeNull();
  });

  it('take an application user nobody knows only where somebody says so', async () => {
    const refused = await beside.run(['gates', 'pause', USER, '--reason', 'r']);
    expect(refused).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringContaining('look at the client id'),
    });
    expect(await stored(USER)).toBeUndefined();
    expect(await beside.run(['gates', 'pause', USER, '--reason', 'r', '--yes'])).toMatchObject({ exitCode: 0 });
    expect((await stored(USER))?.pause).not.toBeNull();
    expect(await beside.run(['gates', 'resume', USER])).toMatchObject({ exitCode: 0 });
  });

  it.each(['resume', 'probe'])('know no such user to %s, whatever is said', async (deed) => {
    expect(await beside.run(['gates', deed, USER])).toMatchObject({ exitCode: 4, stdout: '' });
    expect(await beside.run(['gates', deed, USER, '--yes'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await stored(USER)).toBeUndefined();
  });

  it('need a reason to pause', async () => {
    expect(await beside.run(['gates', 'pause', TYPE])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await beside.run(['gates', 'pause', TYPE, '--reason', ''])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await stored(TYPE)).toBeUndefined();
  });
});

describe('gates probe', () => {
  it('lets a closed gate probe now, and ends with 1 where nothing is known yet', async () => {
    await closeGate(TYPE);
    const { exitCode, stdout, stderr } = await beside.run(
      ['gates', 'probe', TYPE, '--reason', 'mended', '--json'],
      AT_ONCE,
    );
    expect({ exitCode, gate: JSON.parse(stdout) }).toMatchObject({
      exitCode: 1,
      gate: { state: 'probing', cause: 'misconfigured' },
    });
    expect(stderr).toMatch(
      /^The next event tries, and none has got through yet: .*`gates list` shows what comes of it\.\n$/,
    );
    expect((await stored(TYPE))?.closedUntil).toBeLessThanOrEqual(Date.now());
  });

  it('leaves a throttled gate and a paused one as they are, and says why', async () => {
    await closeGate(USER, 'throttled');
    const throttled = await beside.run(['gates', 'probe', USER, '--json']);
    expect(throttled).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining(`Nothing was changed: ${USER} is throttled`),
    });
    expect(JSON.parse(throttled.stdout)).toMatchObject({ state: 'closed', cause: 'throttled' });
    await closeGate(TYPE);
    await beside.run(['gates', 'pause', TYPE, '--reason', 'r']);
    const paused = await beside.run(['gates', 'probe', TYPE, '--json']);
    expect(paused).toMatchObject({
      exitCode: 3,
      stderr: `Nothing was changed: ${TYPE} is paused; \`gates resume\` lifts that.\n`,
    });
    expect(JSON.parse(paused.stdout)).toMatchObject({ state: 'closed', paused: true });
  });

  it('steers a gate whose type is gone', async () => {
    await closeGate('type:Gone');
    expect(await beside.run(['gates', 'probe', 'type:Gone'], AT_ONCE)).toMatchObject({ exitCode: 1 });
    expect((await stored('type:Gone'))?.closedUntil).toBeLessThanOrEqual(Date.now());
  });

  it('finds an open gate as good as probed, and asks nobody about it', async () => {
    expect(await beside.run(['gates', 'probe', TYPE])).toMatchObject({
      exitCode: 0,
      stderr: `Nothing was changed: ${TYPE} is open.\n`,
    });
  });

  it.each<[string, number, GateCause, Partial<GateRecord>, string]>([
    ['a gate that opens', 0, 'misconfigured', { cause: null, closings: 0 }, `${TYPE} is open: an event was delivered.`],
    [
      'a gate that closes again',
      1,
      'misconfigured',
      { closings: 2, detail: 'HTTP 404', closedUntil: Date.now() + 600_000 },
      `${TYPE} closed again: HTTP 404.`,
    ],
    [
      'a gate that is paused meanwhile',
      1,
      'misconfigured',
      { pause: { by: 'chief', reason: 'upgrade', since: 1 } },
      `${TYPE} was paused meanwhile.`,
    ],
    [
      'a drift that was mended',
      0,
      'drift',
      { cause: 'misconfigured', closings: 0, detail: 'what is deployed fits again' },
      `${TYPE}: what is deployed fits again.`,
    ],
    [
      'a drift that was not',
      1,
      'drift',
      { closings: 2, detail: 'Email is missing', closedUntil: Date.now() + 600_000 },
      `${TYPE} closed again: Email is missing.`,
    ],
  ])('waits for what comes of %s, shows the gate as it is then, and ends with %i', async (...scene) => {
    const [, exitCode, cause, found, told] = scene;
    await closeGate(TYPE, cause);
    const running = beside.run(['gates', 'probe', TYPE, '--json']);
    await answerProbe(found);
    const { stdout, ...run } = await running;
    expect(run).toEqual({ exitCode, stderr: `${told}\n` });
    expect(JSON.parse(stdout)).toMatchObject({ cause: found.cause === undefined ? cause : found.cause });
  });

  it('of a drift says that to verify it is asked for, where nobody does it', async () => {
    await closeGate(TYPE, 'drift');
    const { exitCode, stdout, stderr } = await beside.run(['gates', 'probe', TYPE], AT_ONCE);
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^state +closed$/m) });
    expect(stderr).toMatch(/^To verify what is deployed is asked for, and no gateway has done it yet/);
    const again = await beside.run(['gates', 'probe', TYPE], AT_ONCE);
    expect(again).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is about to be verified.\nTo verify'),
    });
  });
});

describe.each([['pause'], ['resume'], ['probe']])('gates %s', (deed) => {
  it.each([
    ['type:Unknown'],
    ['type:'],
    ['user:'],
    ['CustomerPurchase'],
    [`${TYPE}+${USER}`],
    [`${USER}+type:Unknown`],
    ['user:a b'],
    [''],
  ])('ends with 4 for %j, and stores nothing', async (name) => {
    const { exitCode, stdout, stderr } = await beside.run(['gates', deed, name, '--reason', 'r']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).toContain('There is no gate');
    expect(await beside.store.gates.list()).toEqual([]);
  });
});
