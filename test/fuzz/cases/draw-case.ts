import { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { FuzzCase } from '../harness/fuzz-case.js';
import type { World } from '../harness/world.js';
import { abuseCase } from './abuse.js';
import { batchCase, brokenBatchCase } from './batches.js';
import { cloudEventsCase, mutatedCloudEventsCase } from './cloud-events.js';
import { headersCase } from './headers.js';
import { linesCase } from './lines.js';
import { mutatedHeadCase } from './mutated-head.js';
import { operatorsCase } from './operators.js';
import { queriesCase } from './queries.js';
import { receiptsCase } from './receipts.js';
import { mutatedEvent, nearlyValidEvent, validEvent } from './single-event.js';
import { targetsCase } from './targets.js';

type Draw = (world: World, random: SeededRandom) => FuzzCase;

/** Which cases there are, and how many parts of all are of each. */
const KINDS: readonly (readonly [parts: number, draw: Draw])[] = [
  [24, validEvent],
  [18, nearlyValidEvent],
  [18, mutatedEvent],
  [3, batchCase],
  [2, brokenBatchCase],
  [3, linesCase],
  [6, cloudEventsCase],
  [4, mutatedCloudEventsCase],
  [8, headersCase],
  [6, targetsCase],
  [6, queriesCase],
  [5, operatorsCase],
  [3, receiptsCase],
  [2, abuseCase],
  [2, mutatedHeadCase],
];
const ALL = KINDS.reduce((sum, [parts]) => sum + parts, 0);

/** The case of an index: the same for the same seed, whatever ran before it. */
export function drawCase(world: World, seed: number, index: number): FuzzCase {
  const random = new SeededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  let part = random.between(0, ALL - 1);
  for (const [parts, draw] of KINDS) {
    if (part < parts) return draw(world, random);
    part -= parts;
  }
  throw new Error('the parts do not add up');
}
