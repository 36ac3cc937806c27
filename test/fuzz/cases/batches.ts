import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { spellJson } from '../harness/draw-text.js';
import { excerpt, type FuzzCase, type Step, statusIs } from '../harness/fuzz-case.js';
import { inChunks, requestBytes } from '../harness/requests.js';
import { type Verdict, verdictOn } from '../harness/verdict.js';
import { type EventTypeUnderFuzz, jsonOf, type World } from '../harness/world.js';
import { drawEvent } from './draw-event.js';
import { judgeItems, type SentItem } from './item-results.js';
import { mutateBytes } from './mutate-bytes.js';
import { spoilContent } from './nearly-valid.js';
import { MOST_EVENT_BYTES } from './publish.js';

/** Several events in one request, some of them spoilt: each is judged by itself. */
export function batchCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const isBroken = random.chance(0.15);
  const step = isBroken ? brokenBatch(world, type, random) : batch(world, type, drawItems(world, type, random), random);
  return { kind: 'exchange', name: isBroken ? 'broken batch' : 'batch', step };
}

/** The same as lines, with lines among them that are no JSON at all. */
export function linesCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const items = drawItems(world, type, random).flatMap((item) =>
    random.chance(0.15) ? [item, noLine(item, random)] : [item],
  );
  const end = () => random.pick(['\n', '\r\n', '\n\n', '\n \r\n']);
  const judged = items.map((text) => ({ text, verdict: verdictOf(world, type, text) }));
  const body = Buffer.from(items.map((text, index) => (index < items.length - 1 ? text + end() : text)).join(''));
  const parts = { method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher };
  const isChunked = random.chance(0.5);
  const bytes = isChunked
    ? Buffer.concat([
        requestBytes({ ...parts, headers: ['Transfer-Encoding: chunked', 'Content-Type: application/x-ndjson'] }),
        inChunks(body, random),
      ])
    : requestBytes({ ...parts, body, contentType: 'application/x-ndjson' });
  return {
    kind: 'exchange',
    name: 'lines',
    step: {
      method: 'POST',
      operation: `${type.operation}Batch`,
      bytes,
      judge: (answer) => {
        const faults = answer.status === 207 || answer.status === 200 ? [] : statusIs(207)(answer);
        return faults.length > 0 ? faults : judgeItems(world, judged, linesOf(answer));
      },
    },
  };
}

function linesOf({ body }: Answer): readonly unknown[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

function noLine(item: string, random: SeededRandom): string {
  return random.pick([
    'x',
    '{',
    '"',
    item.slice(0, -1),
    `${item}${item}`,
    'null',
    '[]',
    '\ufeff{}',
    '{"a":"\\ud800"}',
    '\0',
  ]);
}

function drawItems(world: World, type: EventTypeUnderFuzz, random: SeededRandom): readonly string[] {
  const count = random.chance(0.02) ? random.between(100, 1_000) : random.between(1, 12);
  return Array.from({ length: count }, () => {
    const event = drawEvent(world, type, random);
    return random.chance(0.25)
      ? spoilContent(event, type.schema, random).text
      : spellJson(event, random).replaceAll(/[\r\n]/g, ' ');
  });
}

function verdictOf(world: World, { pointer }: EventTypeUnderFuzz, text: string): Verdict {
  const verdict = verdictOn(world.contract, pointer, Buffer.from(text), MOST_EVENT_BYTES);
  if (verdict.kind === 'either') world.undecided++;
  return verdict;
}

function batch(world: World, type: EventTypeUnderFuzz, items: readonly string[], random: SeededRandom): Step {
  const sent: readonly SentItem[] = items.map((text) => ({ text, verdict: verdictOf(world, type, text) }));
  const body = Buffer.from(
    random.chance(0.5) ? `{"events":[${items.join(',')}]}` : ` { "events" : [ ${items.join(' , ')} ] }\n`,
  );
  return {
    method: 'POST',
    operation: `${type.operation}Batch`,
    bytes: requestBytes({ method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher, body }),
    judge: (answer) => judgeBatch(world, sent, answer),
  };
}

function judgeBatch(world: World, sent: readonly SentItem[], answer: Answer): readonly string[] {
  if (answer.status !== 202 && answer.status !== 207) return statusIs(202, 207)(answer);
  const results = (jsonOf(answer)?.results ?? []) as readonly { readonly result: string }[];
  const isWhole = results.every(({ result }) => result !== 'refused');
  const status = isWhole ? 202 : 207;
  return [...statusIs(status)(answer), ...judgeItems(world, sent, results)];
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
  const isMutated = random.chance(0.3);
  const bytes = isMutated ? mutateBytes(Buffer.from(`{"events":[${good}]}`), random) : body;
  return {
    method: 'POST',
    operation: `${type.operation}Batch`,
    bytes: requestBytes({ method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher, body: bytes }),
    judge: (answer) =>
      isMutated ? noteMutated(world, answer) : statusIs(400)(answer).map((fault) => `${excerpt(body)}: ${fault}`),
  };
}

/** Whatever a changed byte made of it, the answer is one of a batch's; what it accepted is counted. */
function noteMutated(world: World, answer: Answer): readonly string[] {
  const results = (jsonOf(answer)?.results ?? []) as readonly { readonly receipt?: { readonly id: string } }[];
  for (const { receipt } of results) if (receipt !== undefined) world.accepted.add(receipt.id);
  return statusIs(202, 207, 400)(answer);
}
