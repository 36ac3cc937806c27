import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatePause } from '../../src/outbox/gate-pause.js';
import type { CliRun } from '../cli/support/run-cli.js';
import { until } from '../support/until.js';
import {
  createHalfMadeWorld,
  type HalfMadeWorld,
  RECREATE,
  type Recreated,
  WRITES,
} from './support/half-made-world.js';

const REFUSAL = { kind: 'status', status: 400, code: '0x80071151', message: 'Not now.' } as const;

/** Recreations in which most can be lost. */
const TABLE = ['a custom API in a category that somebody moved', 'a parameter of every event'] as const;
/** Each write is told by its method and table: no other of the same recreation has both. */
const EVERY_WRITE = TABLE.flatMap((recreated) => WRITES[recreated].map((write) => [recreated, write] as const));
const ALL_MOMENTS = EVERY_WRITE.flatMap(([recreated, write]) => [
  [recreated, 'before', write] as const,
  [recreated, 'after', write] as const,
]);
/** Once a write is made, a process that ends has nothing but the next one before it. */
const MOMENTS_TO_END = ALL_MOMENTS.filter(([, when, write]) => when === 'before' || write.includes('steps'));

/** What a run itself plans anew where it is refused once; any other refusal ends it. */
const PLANNED_ANEW = new Set(['POST customapis', 'POST catalogassignments', 'POST customapirequestparameters']);

/** A person's pause. */
const ANN = { by: 'ann', reason: 'until flows are on', since: 1 };

let world: HalfMadeWorld;
afterEach(() => world.remove());

async function begin(recreated: Recreated): Promise<void> {
  world = await createHalfMadeWorld(recreated);
}

function matchOf(write: string): { readonly method: string; readonly table: string } {
  const [method = '', table = ''] = write.split(' ');
  return { method, table };
}

/** A gate is open only where nothing of the custom API is missing. */
async function expectNoGap(): Promise<void> {
  expect({ isPaused: (await world.pause()) !== null, isWhole: world.isWhole() }).not.toEqual({
    isPaused: false,
    isWhole: false,
  });
}

/** What a second run of the same command comes to, whatever became of the first. */
async function expectCompleted(): Promise<void> {
  expect(await world.run(RECREATE)).toMatchObject({ exitCode: world.exitCode });
  expect(world.state()).toEqual(world.wished);
  expect(await world.pause()).toBeNull();
  expect(await world.recreation()).toBeNull();
  const planned = await world.run('plan --json');
  expect(JSON.parse(planned.stdout).changes).toEqual([]);
}

describe('a recreation', () => {
  it.each(TABLE)('of %s is these writes', async (recreated) => {
    await begin(recreated);
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: world.exitCode });
    expect(world.writes()).toEqual(WRITES[recreated]);
    expect(new Set(WRITES[recreated]).size).toBe(WRITES[recreated].length);
    await expectCompleted();
  });

  it.each(EVERY_WRITE)('of %s that is refused %s once loses nothing', async (recreated, write) => {
    await begin(recreated);
    world.emulator.fault({ ...REFUSAL, match: matchOf(write) });
    const isMadeAnew = PLANNED_ANEW.has(write);
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: isMadeAnew ? world.exitCode : 1 });
    if (isMadeAnew) expect(world.state()).toEqual(world.wished);
    await expectNoGap();
    await expectCompleted();
  });

  it.each([400, 403, 500])('of a custom API that is refused once with %d keeps who may call it', async (status) => {
    await begin('a custom API');
    world.emulator.fault({ ...REFUSAL, status, match: matchOf('POST customapis') });
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: 0 });
    expect(world.state()).toEqual(world.wished);
    expect(await world.pause()).toBeNull();
  });

  it.each(EVERY_WRITE)('of %s that is refused %s for good is completed by a second run', async (recreated, write) => {
    await begin(recreated);
    world.emulator.fault({ ...REFUSAL, times: null, match: matchOf(write) });
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Not now.') });
    await expectNoGap();
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Not now.') });
    await expectNoGap();
    world.emulator.clearFaults();
    await expectCompleted();
  });

  it.each(ALL_MOMENTS)('of %s whose connection is cut off %s %s goes on', async (recreated, when, write) => {
    await begin(recreated);
    world.emulator.fault({ kind: 'reset', when: `${when}-commit`, match: matchOf(write) });
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: world.exitCode });
    expect(world.state()).toEqual(world.wished);
    expect(await world.pause()).toBeNull();
  });

  it.each(MOMENTS_TO_END)('of %s whose process ends %s %s is completed by another', async (recreated, when, write) => {
    await begin(recreated);
    world.emulator.fault({ kind: 'hang', when: `${when}-commit`, match: matchOf(write) });
    // Nothing more is heard of it, and its process id is that of the next run, as containers have them.
    const ended = world.run(RECREATE);
    await until(isHanging);
    expect(await world.pause()).not.toBeNull();
    await expectCompleted();
    world.emulator.clearFaults();
    await ended;
  });
});

/** Whoever pauses, resumes or changes the gate, and whenever, a second run knows all that the first one deleted. */
describe('a recreation that is cut short', () => {
  const CUT = TABLE.flatMap((recreated) =>
    WRITES[recreated].filter((write) => write.startsWith('POST')).map((write) => [recreated, write] as const),
  );

  async function cutShort(write: string): Promise<void> {
    world.emulator.fault({ ...REFUSAL, times: null, match: matchOf(write) });
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: 1 });
    world.emulator.clearFaults();
  }

  async function expectCompletedBeside(pause: GatePause | null): Promise<void> {
    expect(await world.recreation()).not.toBeNull();
    expect(await world.run(RECREATE)).toMatchObject({ exitCode: world.exitCode });
    expect(world.state()).toEqual(world.wished);
    expect([await world.pause(), await world.recreation()]).toEqual([pause, null]);
  }

  it.each(CUT)('(%s, %s) behind a person’s pause is completed, and the pause left', async (recreated, write) => {
    await begin(recreated);
    await world.steer(ANN);
    await cutShort(write);
    expect(await world.pause()).toEqual(ANN);
    await expectCompletedBeside(ANN);
  });

  it.each(CUT)('(%s, %s) is completed where a person pauses over it', async (recreated, write) => {
    await begin(recreated);
    await cutShort(write);
    await world.steer(ANN);
    await expectCompletedBeside(ANN);
  });

  it('is completed where a person resumed the gate, and every plan tells of it until then', async () => {
    await begin('a custom API');
    await cutShort('POST customapis');
    await world.steer(null);
    expect((await world.run('plan')).stderr).toMatch(/was resumed since: .*callers need prvReadAccount.*was cut short/);
    await expectCompletedBeside(null);
    expect((await world.run('plan')).stderr).toBe('');
  });

  it.each(CUT)('(%s, %s) is completed, and resumed, where an older gateway looked', async (recreated, write) => {
    await begin(recreated);
    await cutShort(write);
    world.olderLook();
    await expectCompletedBeside(null);
  });

  it('before it lost anything leaves nothing to complete beside a person’s pause', async () => {
    await begin('a custom API');
    await world.steer(ANN);
    await cutShort('DELETE sdkmessageprocessingsteps');
    expect([await world.pause(), await world.recreation()]).toEqual([ANN, null]);
  });
});

describe('a recreation during which the gate changes', () => {
  async function inTheGap(work: () => Promise<void>): Promise<CliRun> {
    await begin('a custom API');
    world.emulator.fault({ kind: 'hang', when: 'after-commit', match: matchOf('DELETE customapis') });
    const running = world.run(`${RECREATE} --json`);
    await until(isHanging);
    await work();
    world.emulator.clearFaults();
    return running;
  }

  it('resumes it where an older gateway found the custom API gone', async () => {
    const run = await inTheGap(async () => world.olderLook());
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"resumed"') });
    expect([await world.pause(), await world.recreation()]).toEqual([null, null]);
  });

  it('says whose pause stays where a person paused it', async () => {
    const run = await inTheGap(() => world.steer(ANN));
    expect(JSON.parse(run.stdout).gates).toMatchObject([{ deed: 'left-paused', by: 'ann', why: ANN.reason }]);
    expect([await world.pause(), await world.recreation()]).toEqual([ANN, null]);
  });

  it('says that others resumed it where a person did', async () => {
    const run = await inTheGap(() => world.steer(null));
    expect(JSON.parse(run.stdout).gates).toMatchObject([{ deed: 'resumed-by-others' }]);
    expect([await world.pause(), await world.recreation()]).toEqual([null, null]);
  });
});

describe('a recreation that another run is at, too', () => {
  it('keeps who may call a custom API that went between its plan and its first write', async () => {
    await begin('a custom API in a category that somebody moved');
    // The custom APIs are read for the plan, and once more before the first write.
    world.emulator.fault({ kind: 'hang', every: 2, match: { table: 'customapis', method: 'GET' } });
    const late = world.run(`${RECREATE} --without-gate`);
    await until(isHanging);
    world.emulator.fault({ ...REFUSAL, times: null, match: matchOf('POST customapis') });
    expect(await world.run(`${RECREATE} --without-gate`)).toMatchObject({ exitCode: 1 });
    world.emulator.clearFaults();
    expect(await late).toMatchObject({ exitCode: world.exitCode });
    // It had read the step before the other one deleted that; nothing but the custom API knew the rest.
    await expectCompleted();
  });
});

/** Whether the hang that was ordered has met its write. */
async function isHanging(): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { url, caCertificate: ca } = world.emulator;
  get(`${url}/_emulator/faults`, { ca }, (answer) => {
    text(answer).then(resolve, reject);
  }).on('error', reject);
  return JSON.parse(await promise).length === 0;
}
