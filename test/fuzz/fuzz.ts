/**
 * `npm run fuzz -- --requests 1000000 --seed 7`: as many requests as that, drawn from the seed and the OpenAPI document,
 * against the built gateway in a process of its own. `--case 4711` repeats one case alone and prints what was sent and
 * answered. Exits with 1 where the contract was broken. A report on standard output, progress on standard error.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { drawCase } from './cases/draw-case.js';
import { runCampaign } from './harness/campaign.js';
import { startGatewayUnderFuzz } from './harness/gateway-under-fuzz.js';
import { repeatCase } from './harness/repeat-case.js';
import { describeCampaign } from './harness/report.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    connections: { type: 'string', default: '24' },
    case: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const underFuzz = await startGatewayUnderFuzz();
const { world, port } = underFuzz;
try {
  if (values.case === undefined) await campaign();
  else process.stdout.write(await repeatCase(drawCase(world, seed, Number(values.case)), port));
} finally {
  await underFuzz.remove();
}

async function campaign(): Promise<void> {
  process.stderr.write(`seed ${seed}\n`);
  const figures = await runCampaign({
    port,
    world,
    draw: (index) => drawCase(world, seed, index),
    requests: Number(values.requests),
    connections: Number(values.connections),
    onProgress: (requests) => process.stderr.write(`${requests} requests\n`),
  });
  const afterwards = await underFuzz.afterwards();
  const report = { seed, ...figures, accepted: world.accepted.size, undecided: world.undecided, afterwards };
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : describeCampaign(report));
  if (figures.findings.length > 0 || afterwards.length > 0) process.exitCode = 1;
}
