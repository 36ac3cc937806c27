import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { verdictOnEnvelope } from '../harness/envelope-verdict.js';
import { excerpt, type FuzzCase, type Step, statusIs } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import { verdictOnValue } from '../harness/verdict.js';
import type { EventTypeUnderFuzz, World } from '../harness/world.js';
import { drawEvent } from './draw-event.js';
import { drawItems } from './draw-items.js';
import { judgeBatch, judgeEnvelope } from './item-results.js';
import { mutateBytes } from './mutate-bytes.js';

/** Several events in one request, some of them spoilt: each is judged by itself. */
export function batchCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  return { kind: 'exchange', name: 'batch', step: batch(world, type, random) };
}

/** What is no batch, or hardly one. */
export function brokenBatchCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  return random.chance(0.4)
    ? { kind: 'exchange', name: 'broken batch', step: brokenBatch(world, type, random) }
    : { kind: 'exchange', name: 'byte-mutated batch', step: mutatedBatch(world, type, random) };
}

function batch(world: World, type: EventTypeUnderFuzz, random: SeededRandom): Step {
  const sent = drawItems(world, type, random);
  const texts = sent.map(({ text }) => text);
  const body = Buffer.from(
    random.chance(0.5) ? `{"events":[${texts.join(',')}]}` : ` { "events" : [ ${texts.join(' , ')} ] }\n`,
  );
  return {
    method: 'POST',
    operation: `${type.operation}Batch`,
    bytes: requestBytes({ method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher, body }),
    judge: (answer) => judgeBatch(world, sent, answer),
  };
}

/** What is no batch: nothing of it is stored. */
function brokenBatch(world: World, type: EventTypeUnderFuzz, random: SeededRandom): Step {
  const good = JSON.stringify(drawEvent(world, type, random));
  const body = Buffer.from(
    random.pick([
      '',
      '{}',
      '[]',
      'null',
      `[${good}]`,
      good,
      '{"events":[]}',
      '{"events":null}',
      `{"events":${good}}`,
      `{"events":[${good}],"more":1}`,
      `{"events":[${good}],"events":[${good}]}`,
      `{"events":[${good}`,
      `{"events":[${good},]}`,
      `{"events":[${good}]}x`,
      `{"events":[${Array.from({ length: 1_001 }, () => '{}').join()}]}`,
      `\ufeff{"events":[${good}]}`,
      `{"__proto__":[${good}]}`,
    ]),
  );
  return {
    method: 'POST',
    operation: `${type.operation}Batch`,
    bytes: requestBytes({ method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher, body }),
    judge: (answer) => statusIs(400)(answer).map((fault) => `${excerpt(body)}: ${fault}`),
  };
}

/** A good batch with bytes changed anywhere, around its events as well as in them. */
function mutatedBatch(world: World, type: EventTypeUnderFuzz, random: SeededRandom): Step {
  const events = Array.from({ length: random.between(1, 3) }, () => JSON.stringify(drawEvent(world, type, random)));
  const body = mutateBytes(Buffer.from(`{"events":[${events.join(',')}]}`), random);
  const verdict = verdictOnEnvelope(body, {
    at: 'events',
    leastItems: 1,
    judge: (item) => verdictOnValue(world.contract, type.pointer, item),
  });
  return {
    method: 'POST',
    operation: `${type.operation}Batch`,
    bytes: requestBytes({ method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher, body }),
    judge: (answer) => judgeEnvelope(world, verdict, answer).map((fault) => `${excerpt(body)}: ${fault}`),
  };
}
