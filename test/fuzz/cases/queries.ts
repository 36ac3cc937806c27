import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawText } from '../harness/draw-text.js';
import { drawValue } from '../harness/draw-value.js';
import { type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import type { Operation, Parameter } from '../harness/operation.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';

type Query = readonly [name: string, value: string];

/** Reads what can be read, with parameters that the document allows, and with one that it does not. */
export function queriesCase(world: World, random: SeededRandom): FuzzCase {
  const operation = random.pick(world.contract.operations.filter(isQuery));
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  const drawn: readonly Query[] =
    operation.id === SUMMARY
      ? drawSummary(random)
      : parameters.flatMap((parameter) => drawQuery(world, parameter, random));
  const isPublic = operation.path.startsWith('/health');
  // Probes of every kind add parameters of their own to what nobody reads.
  const isSpoilt = !isPublic && random.chance(0.4);
  const query = [...drawn, ...(isSpoilt ? [wrongParameter(drawn, parameters, random)] : [])];
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const target = `${operation.path.replace('{id}', NO_EVENT).replace('{name}', 'CustomerPurchase')}?${search}`;
  const bytes = requestBytes({ method: 'GET', target, apiKey: isPublic ? null : world.keys.operator });
  return {
    kind: 'exchange',
    name: isSpoilt ? 'wrong query' : 'query',
    step: {
      method: 'GET',
      operation: operation.id,
      bytes,
      judge: (answer) =>
        statusIs(...rightStatuses(operation, bytes, isSpoilt))(answer).map(
          (fault) => `GET ${target.slice(0, 400)}: ${fault}`,
        ),
    },
  };
}

const NO_EVENT = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';
const SUMMARY = 'summarizeEvents';

/** Of a head; with escapes a query of the longest texts may be more. */
const MOST_HEAD_BYTES = 16_384;
/** What counts as head besides its text is the parser's to say. */
const ABOUT = 200;

function rightStatuses({ id, path }: Operation, { length }: Buffer, isSpoilt: boolean): readonly number[] {
  if (length > MOST_HEAD_BYTES + ABOUT) return [431];
  // Few summaries of a client are counted at once, for each reads whole days.
  const right = isSpoilt ? [400] : path.includes('{id}') ? [404] : id === SUMMARY ? [200, 429] : [200];
  return length > MOST_HEAD_BYTES - ABOUT ? [...right, 431] : right;
}

function isQuery({ method, id, answers }: Operation): boolean {
  // Text and settings of their own: the fuzzer reads them apart.
  return method === 'GET' && answers.has(400) && id !== 'getMetrics' && id !== 'getEventType';
}

function drawQuery(world: World, { name, schema, required }: Parameter, random: SeededRandom): readonly Query[] {
  if (!required && (name === 'cursor' || !random.chance(0.25))) return [];
  return [[name, String(drawValue({ ...schema, nullable: false }, random, world.contract.resolve))]];
}

/** A summary has rules that no schema says: a span of days that ends after it begins. */
function drawSummary(random: SeededRandom): readonly Query[] {
  const day = random.between(10, 20);
  // A time before all that is sent: late in a campaign today has hundreds of thousands of events to count.
  const month = '2025-11';
  const span: readonly Query[] = [
    ['from', `${month}-${day}`],
    ['to', `${month}-${day + random.between(1, 5)}`],
  ];
  const zone: Query = ['timeZone', random.pick(['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham'])];
  return [
    ...span,
    ...(random.chance(0.5) ? [zone] : []),
    ...(random.chance(0.3) ? [['source', 'store-017'] as const] : []),
  ];
}

function wrongParameter(drawn: readonly Query[], parameters: readonly Parameter[], random: SeededRandom): Query {
  const again = drawn[0];
  if (again !== undefined && random.chance(0.3)) return again;
  const limited = parameters.filter(({ schema }) => schema.type === 'integer' || schema.format === 'date-time');
  if (limited.length > 0 && random.chance(0.5)) {
    const { name } = random.pick(limited);
    if (!drawn.some(([taken]) => taken === name)) return [name, random.pick(WRONG_VALUES)];
  }
  return [random.pick(['x', '__proto__', 'constructor', 'toString', '$filter', `x${drawText(random, 1, 30)}`]), '1'];
}

const WRONG_VALUES = [
  '',
  '0',
  '-1',
  '1e3',
  '999999999999999999999',
  'x',
  'null',
  '2026-02-30T00:00:00Z',
  '1.5',
  ' 1',
  "1'--",
];
