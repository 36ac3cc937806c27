import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
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
    await world.run(RECREATE);
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
