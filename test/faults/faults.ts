/**
 * `npm run faults -- --minutes 10 --seed 7 [--engine postgres] [--replicas 3]`: everything goes wrong for so long, drawn
 * from the seed. `--cycles 500` kills instead, so many times; `--controls` runs gateways that were broken on purpose.
 * Exits with 1 where a promise was broken. A report on standard output, as JSON with `--json`; the steps on standard error.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { CONTROLS } from './harness/controls.js';
import { EVERY_FAULT, KILLS } from './harness/every-fault.js';
import { postgresUnderTest } from './harness/postgres-under-test.js';
import { describeReport } from './harness/report.js';
import { runControl } from './harness/run-control.js';
import { runFaults } from './harness/run-faults.js';
import { SeededRandom } from './harness/seeded-random.js';
import { createWorld } from './harness/world.js';

const MINUTE_MS = 60_000;
const REST_MS = 4 * MINUTE_MS;
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    cycles: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    engine: { type: 'string', default: 'sqlite' },
    replicas: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    controls: { type: 'boolean', default: false },
  },
});

process.exitCode = (await (values.controls ? everyControl() : longRun())) ? 0 : 1;

async function longRun(): Promise<boolean> {
  const { seed, engine, replicas, minutes, json } = values;
  const cycles = values.cycles === undefined ? null : Number(values.cycles);
  say(`seed ${seed}, ${engine}, ${replicas} replicas`);
  const random = new SeededRandom(Number(seed));
  const database = engine === 'postgres' ? await postgresUnderTest() : null;
  const world = await createWorld({
    random: random.fork(),
    replicas: Number(replicas),
    tills: 6,
    vendors: 6,
    pauseMs: 30,
    ...(database === null ? {} : { database }),
  });
  try {
    const report = await runFaults(world, {
      random: random.fork(),
      actions: cycles === null ? EVERY_FAULT : KILLS,
      steps: cycles ?? Number.POSITIVE_INFINITY,
      lastsMs: cycles === null ? Number(minutes) * MINUTE_MS : Number.POSITIVE_INFINITY,
      restMs: REST_MS,
      pauseMs: cycles === null ? 1_000 : 400,
      deaths: ['poison', 'uncertain'],
      onStep: (step, name) => say(`${step + 1}: ${name}`),
    });
    process.stdout.write(`${json ? JSON.stringify({ seed, ...report }, null, 2) : describeReport(report)}\n`);
    return report.violations.length === 0 && report.isAtRest;
  } finally {
    await world.remove();
    await database?.leave();
  }
}

async function everyControl(): Promise<boolean> {
  let isSound = true;
  for (const control of CONTROLS) {
    const isNoticed = (await runControl(control)).has(control.rule);
    process.stdout.write(`${isNoticed ? 'noticed' : 'MISSED'}: a gateway that ${control.mistake} (${control.rule})\n`);
    isSound &&= isNoticed;
  }
  return isSound;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
