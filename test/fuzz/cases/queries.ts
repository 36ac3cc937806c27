import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawText } from '../harness/draw-text.js';
import { drawInstant, drawValue } from '../harness/draw-value.js';
import { type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import type { Operation, Parameter } from '../harness/operation.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';

/** Reads what can be read, with parameters that the document allows, and with one that it does not. */
export function queriesCase(world: World, random: SeededRandom): FuzzCase {
  const operation = random.pick(world.contract.operations.filter(isQuery));
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  const drawn = parameters
    .filter(({ required, name }) => required || (name !== 'cursor' && random.chance(0.25)))
    .map((parameter) => [parameter.name, drawParameter(world, parameter, random)] as const);
  const isPublic = operation.path.startsWith('/health');
  // Probes of every kind add parameters of their own to what nobody reads.
  const isSpoilt = !isPublic && random.chance(0.4);
  const query = [...drawn, ...(isSpoilt ? [wrongParameter(drawn, parameters, random)] : [])];
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const target = `${operation.path.replace('{id}', NO_EVENT).replace('{name}', 'CustomerPurchase')}?${search}`;
  const right = isSpoilt ? SPOILT : operation.path.includes('{id}') ? [404] : [200];
  return {
    kind: 'exchange',
    name: isSpoilt ? 'wrong query' : 'query',
    step: {
      method: 'GET',
      operation: operation.id,
      bytes: requestBytes({ method: 'GET', target, apiKey: isPublic ? null : world.keys.operator }),
      judge: (answer) => statusIs(...right)(answer).map((fault) => `GET ${target.slice(0, 400)}: ${fault}`),
    },
  };
}

/** What is not found is not found before anybody looks at the query. */
const SPOILT = [400, 404];
const NO_EVENT = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

function isQuery({ method, id, answers }: Operation): boolean {
  // Text and settings of their own: the fuzzer reads them apart.
  return method === 'GET' && answers.has(400) && id !== 'getMetrics';
}

function drawParameter(world: World, { schema, name }: Parameter, random: SeededRandom): string {
  if (name === 'timeZone') return random.pick(['UTC', 'Europe/Berlin', 'America/New_York']);
  if (name === 'from' || name === 'to') return drawInstant(random);
  return String(drawValue({ ...schema, nullable: false }, random, world.contract.resolve));
}

type Query = readonly [name: string, value: string];

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
