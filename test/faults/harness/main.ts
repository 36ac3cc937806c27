import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { DATAVERSE_FAULTS, secretRotated } from './dataverse-faults.js';
import { NETWORK_FAULTS } from './network-faults.js';
import { POSTGRES_FAULTS } from './postgres-faults.js';
import { postgresUnderTest } from './postgres-under-test.js';
import { killAnyTime, killAtPoint, restartInOrder, stall, stallPastLeases } from './process-faults.js';
import { describeReport } from './report.js';
import { runFaults } from './run-faults.js';
import { SeededRandom } from './seeded-random.js';
import { createWorld } from './world.js';

const MINUTE_MS = 60_000;
const REST_MS = 3 * MINUTE_MS;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    cycles: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    replicas: { type: 'string', default: '1' },
    engine: { type: 'string', default: 'sqlite' },
    json: { type: 'boolean', default: false },
  },
});

const random = new SeededRandom(Number(values.seed));
const cycles = values.cycles === undefined ? null : Number(values.cycles);
const kills = [killAnyTime, killAtPoint];
const everything = [
  ...kills,
  restartInOrder,
  stall,
  stallPastLeases,
  secretRotated,
  ...DATAVERSE_FAULTS,
  ...NETWORK_FAULTS,
  ...POSTGRES_FAULTS,
];
say(`seed ${values.seed}, engine ${values.engine}, ${values.replicas} replicas`);
const database = values.engine === 'postgres' ? await postgresUnderTest() : null;
const world = await createWorld({
  random: random.fork(),
  replicas: Number(values.replicas),
  tills: 6,
  vendors: 6,
  pauseMs: 30,
  ...(database === null ? {} : { database }),
});
try {
  const report = await runFaults(world, {
    random: random.fork(),
    actions: cycles === null ? everything : kills,
    steps: cycles ?? Number.POSITIVE_INFINITY,
    lastsMs: cycles === null ? Number(values.minutes ?? 5) * MINUTE_MS : Number.POSITIVE_INFINITY,
    restMs: REST_MS,
    pauseMs: cycles === null ? 1_000 : 0,
    deaths: ['poison', 'uncertain'],
    onStep: (step, name) => say(`${step + 1}: ${name}`),
  });
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : describeReport(report)}\n`);
  process.exitCode = report.violations.length === 0 && report.isAtRest ? 0 : 1;
} finally {
  await world.remove();
  await database?.leave();
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
