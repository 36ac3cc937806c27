import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { drawText } from '../harness/draw-text.js';
import type { Schema } from '../harness/draw-value.js';
import { CANARY } from '../harness/general-rules.js';
import {
  NO_ADDRESSES,
  NO_AMOUNTS,
  NO_DATES,
  NO_GUIDS,
  NO_INSTANTS,
  RAW_VALUES,
  UNKNOWN_NAMES,
} from './wrong-values.js';

/** One event with one thing wrong. */
export interface NearlyValid {
  readonly text: string;
  /** What the answer must point at; null where the text is no JSON at all. */
  readonly pointer: string | null;
}

type Event = Readonly<Record<string, unknown>>;
type Spoil = (event: Event, schema: Schema, random: SeededRandom) => NearlyValid;

/** An event with one fault of its content or of its text: 400, whatever else. */
export function spoil(event: Event, schema: Schema, random: SeededRandom): NearlyValid {
  return random.pick(SPOILS)(event, schema, random);
}

/** The same, of a kind that leaves the text around it JSON: for events among others. */
export function spoilContent(event: Event, schema: Schema, random: SeededRandom): NearlyValid {
  return random.pick(CONTENT_SPOILS)(event, schema, random);
}

const CONTENT_SPOILS: readonly Spoil[] = [
  withoutMember,
  withNullMember,
  withUnknownMember,
  withWrongValue,
  withWrongValue,
  withWrongValue,
  withRawValue,
  withMemberTwice,
];
const SPOILS: readonly Spoil[] = [...CONTENT_SPOILS, brokenText];

function withoutMember(event: Event, { required = [] }: Schema, random: SeededRandom): NearlyValid {
  const name = random.pick(required);
  const { [name]: _gone, ...rest } = event;
  return { text: JSON.stringify(rest), pointer: `/${name}` };
}

function withNullMember(event: Event, { required = [] }: Schema, random: SeededRandom): NearlyValid {
  const name = random.pick(required);
  return { text: JSON.stringify({ ...event, [name]: null }), pointer: `/${name}` };
}

function withUnknownMember(event: Event, _schema: Schema, random: SeededRandom): NearlyValid {
  const name = random.chance(0.9) ? random.pick(UNKNOWN_NAMES) : `x${drawText(random, 1, 200)}`;
  const value = random.pick(['"x"', 'null', '{}', '[]', '1', 'true']);
  const text = `${JSON.stringify(event).slice(0, -1)},${JSON.stringify(name)}:${value}}`;
  return { text, pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` };
}

function withWrongValue(event: Event, { properties = {} }: Schema, random: SeededRandom): NearlyValid {
  const name = random.pick(Object.keys(properties));
  const value = wrongValue(properties[name] ?? {}, random);
  return { text: JSON.stringify({ ...event, [name]: value }), pointer: `/${name}` };
}

function wrongValue(schema: Schema, random: SeededRandom): unknown {
  const ofOtherTypes = [0, 1.5, true, {}, { a: 1 }, ...(schema.type === 'array' ? ['x', [1], [null]] : [[], ['x']])];
  if (random.chance(0.3)) return random.pick(ofOtherTypes);
  if (schema.type === 'array') return Array.from({ length: (schema.maxItems ?? 0) + 1 }, () => 'x');
  return wrongText(schema, random);
}

function wrongText({ format, pattern, minLength = 0, maxLength }: Schema, random: SeededRandom): unknown {
  if (format === 'date-time') return random.pick(NO_INSTANTS);
  if (format === 'date') return random.pick(NO_DATES);
  if (format === 'email') return random.pick(NO_ADDRESSES);
  if (format === 'uuid') return random.pick(NO_GUIDS);
  if (pattern?.startsWith('^-?') === true) return random.pick(NO_AMOUNTS);
  if (pattern !== undefined) return random.pick(['eur', 'EURO', 'E', 'EU ', '€€€', 'EUR\n', '']);
  if (minLength > 0 && random.chance(0.3)) return '';
  return `${CANARY}${random.pick(['x', 'ä', '😀']).repeat((maxLength ?? 0) + 1 - CANARY.length)}`;
}

function withRawValue(event: Event, { properties = {} }: Schema, random: SeededRandom): NearlyValid {
  const name = random.pick(Object.keys(properties));
  return { text: textWith(event, name, random.pick(RAW_VALUES)), pointer: `/${name}` };
}

function withMemberTwice(event: Event, _schema: Schema, random: SeededRandom): NearlyValid {
  const name = random.pick(Object.keys(event));
  const again = random.chance(0.5)
    ? JSON.stringify(name)
    : `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}"`;
  const text = `${JSON.stringify(event).slice(0, -1)},${again}:${JSON.stringify(event[name])}}`;
  return { text, pointer: `/${name}` };
}

function textWith(event: Event, name: string, raw: string): string {
  const { [name]: _old, ...rest } = event;
  return `${JSON.stringify(rest).slice(0, -1)},${JSON.stringify(name)}:${raw}}`;
}

/** Texts that are no JSON, or none that is read. */
function brokenText(event: Event, { properties = {} }: Schema, random: SeededRandom): NearlyValid {
  const text = JSON.stringify(event);
  const name = random.pick(Object.keys(properties));
  const broken = random.pick<() => string>([
    () => `\ufeff${text}`,
    () => text.slice(0, -1),
    () => text.slice(1),
    () => `${text}${text}`,
    () => `${text},`,
    () => `${text.slice(0, -1)},}`,
    () => text.replace('{', "{'a':1,"),
    () => text.replace('{', '{a:1,'),
    () => `${text}//`,
    () => `/**/${text}`,
    () => `${text}\0`,
    () => `\u00a0${text}`,
    () => `)]}'\n${text}`,
    () => '',
    () => ' ',
    () => 'null',
    () => '[]',
    () => '"x"',
    () => '['.repeat(random.between(33, 5_000)),
    () => `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
    () =>
      textWith(
        event,
        name,
        random.pick([
          'NaN',
          'Infinity',
          'undefined',
          '01',
          '+1',
          '.5',
          '1.',
          '0x1',
          "'x'",
          '"\\x"',
          '"\t"',
          '"x',
          'True',
        ]),
      ),
  ])();
  return { text: broken, pointer: null };
}
