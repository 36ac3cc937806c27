import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import { type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import { inChunks, requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';
import { drawItems, sentItem } from './draw-items.js';
import { judgeItems, type SentItem } from './item-results.js';

const CONTENT_TYPE = 'application/x-ndjson';

/** Several events as lines, some of them spoilt, with lines among them that are no JSON at all. */
export function linesCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const items = drawItems(world, type, random).flatMap((item) =>
    random.chance(0.15) ? [item, sentItem(world, type, noLine(item.text, random))] : [item],
  );
  const end = () => random.pick(['\n', '\r\n', '\n\n', '\n \r\n']);
  const text = items.map((item, index) => (index < items.length - 1 ? item.text + end() : item.text)).join('');
  const parts = { method: 'POST', target: `${type.path}/batch`, apiKey: world.keys.publisher };
  const body = Buffer.from(text);
  const bytes = random.chance(0.5)
    ? Buffer.concat([
        requestBytes({ ...parts, headers: ['Transfer-Encoding: chunked', `Content-Type: ${CONTENT_TYPE}`] }),
        inChunks(body, random),
      ])
    : requestBytes({ ...parts, body, contentType: CONTENT_TYPE });
  return {
    kind: 'exchange',
    name: 'lines',
    step: {
      method: 'POST',
      operation: `${type.operation}Batch`,
      bytes,
      judge: (answer) => {
        const faults = statusIs(207)(answer);
        return faults.length > 0 ? faults : judgeLines(world, { items, text }, answer);
      },
    },
  };
}

interface Sent {
  readonly items: readonly SentItem[];
  readonly text: string;
}

/** A result per line that is not blank, by the number of its line. */
function judgeLines(world: World, { items, text }: Sent, { body }: Answer): readonly string[] {
  const results = body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly line?: number });
  const numbers = text.split('\n').flatMap((line, index) => (/^[ \t\r]*$/.test(line) ? [] : [index + 1]));
  const misplaced = results.findIndex(({ line }, index) => line !== numbers[index]);
  return [
    ...judgeItems(world, items, results),
    ...(misplaced === -1
      ? []
      : [`the result of line ${numbers[misplaced]} says that it is of ${results[misplaced]?.line}`]),
  ];
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
