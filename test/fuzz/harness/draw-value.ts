import fc from 'fast-check';
import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawText } from './draw-text.js';
import { CANARY } from './general-rules.js';

/** What the fuzzer understands of a schema in the document. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
}

/** Follows a reference to where it leads in the document. */
export type Resolve = (schema: Schema) => Schema;

/** Draws a value that a schema allows. */
export function drawValue(schema: Schema, random: SeededRandom, resolve: Resolve): unknown {
  const { type, nullable, enum: values, ...rest } = resolve(schema);
  if (nullable === true && random.chance(0.1)) return null;
  if (values !== undefined) return random.pick(values);
  switch (type) {
    case 'object':
      return drawObject(rest, random, resolve);
    case 'array':
      return drawList(rest, random, resolve);
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
      return random.between(rest.minimum ?? 0, rest.maximum ?? 1_000);
    case 'number':
      return (rest.minimum ?? 0) + random.next() * ((rest.maximum ?? 1_000) - (rest.minimum ?? 0));
    default:
      return drawString(rest, random);
  }
}

function drawObject({ properties = {}, required = [] }: Schema, random: SeededRandom, resolve: Resolve): object {
  const isFull = random.chance(0.3);
  const members = Object.entries(properties).flatMap(([name, schema]) =>
    required.includes(name) || isFull || random.chance(0.4) ? [[name, drawValue(schema, random, resolve)]] : [],
  );
  return Object.fromEntries(members) as object;
}

function drawList({ items = {}, maxItems = 5 }: Schema, random: SeededRandom, resolve: Resolve): unknown[] {
  const length = random.chance(0.02) ? Math.min(maxItems, 60) : random.between(0, Math.min(maxItems, 3));
  return Array.from({ length }, () => drawValue(items, random, resolve));
}

function drawString({ format, pattern, minLength = 0, maxLength = 40 }: Schema, random: SeededRandom): string {
  if (format === 'date-time') return drawInstant(random);
  if (format === 'date') return drawInstant(random).slice(0, 10);
  if (format === 'email') return random.pick(EMAILS);
  if (pattern !== undefined) return random.pick(matching(pattern));
  const text = drawText(random, minLength, maxLength);
  // In most of what could come back in an error, so that one that does is noticed.
  return maxLength > 20 && random.chance(0.5) ? `${CANARY}${[...text].slice(CANARY.length).join('')}` : text;
}

const EMAILS = ['a@example.com', 'first.last@shop-1.example.org', 'x_y-z@mail.example.co.uk', '1@a.de'];
const ZONES = ['Z', 'Z', '+00:00', '-00:00', '+01:00', '-09:30', '+14:00', '-14:00', '+05:45'];

function drawInstant(random: SeededRandom): string {
  const year = random.chance(0.1) ? random.pick([1, 1583, 1752, 1753, 1899, 1970, 2000, 2024, 9999]) : 2026;
  const month = random.between(1, 12);
  const day = random.between(1, new Date(Date.UTC(2023, month, 0)).getUTCDate());
  const two = (number: number) => String(number).padStart(2, '0');
  const fraction = random.chance(0.3)
    ? `.${String(random.between(1, 999_999_999)).slice(0, random.between(1, 9))}`
    : '';
  const time = `${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}${fraction}${random.pick(ZONES)}`;
}

const POOL_SEED = 20_261_122;
const pools = new Map<string, readonly string[]>();

/** Texts that match a pattern: drawn once, always the same. */
function matching(pattern: string): readonly string[] {
  const known = pools.get(pattern);
  if (known !== undefined) return known;
  const pool = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 300, seed: POOL_SEED });
  pools.set(pattern, pool);
  return pool;
}
