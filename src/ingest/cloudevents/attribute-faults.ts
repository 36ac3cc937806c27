import { CloudEvent } from 'cloudevents';
import { isInstant } from '../../contract/calendar.js';
import type { InputFault } from '../../contract/validate-event.js';
import { isUtf8MediaType } from '../../http/body-content.js';

type Attributes = ReadonlyMap<string, unknown>;

const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;

interface CoreRule {
  readonly accepts: (text: string) => boolean;
  /** Completes "/pointer ...". */
  readonly expectation: string;
}

/** What the specification, or this gateway beyond it, asks of its own attributes; all others are extensions. */
const CORE_RULES: ReadonlyMap<string, CoreRule> = new Map<string, CoreRule>([
  ['specversion', { accepts: (text) => text === '1.0', expectation: 'must be "1.0"' }],
  ['id', { accepts: (text) => text.length <= 255, expectation: 'must be at most 255 characters' }],
  [
    'source',
    {
      // The SDK's pattern lets quotes pass, which RFC 3986 does not know.
      accepts: (text) => text.length <= 512 && !text.includes('"'),
      expectation: 'must be a URI reference of at most 512 characters',
    },
  ],
  ['type', { accepts: () => true, expectation: 'must be a text' }],
  [
    'time',
    {
      accepts: isInstant,
      expectation: 'must be an instant in RFC 3339 form with a zone, such as "2026-11-22T10:00:00Z"',
    },
  ],
  ['subject', { accepts: () => true, expectation: 'must be a text' }],
  ['dataschema', { accepts: (text) => !text.includes('"'), expectation: 'must be an absolute URI' }],
  [
    'datacontenttype',
    {
      accepts: (text) => isUtf8MediaType(text, 'application/json'),
      expectation: 'must be application/json, in UTF-8',
    },
  ],
]);

/** An event that the SDK takes; the attribute that it refuses in it is the one that was put there. */
const SOUND = { specversion: '1.0', id: '1', source: '/', type: 'T', time: '2026-11-22T10:00:00Z' };

const NAME = /^[a-z0-9]+$/;
const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const INT32 = 2 ** 31;

/**
 * Every fault of an event's attributes: by the specification's naming and types, by the rules of its SDK for what they
 * mean (URIs, texts that must not be empty), and by this gateway's own bounds. Extensions are judged by name and type
 * alone. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export function attributeFaults(attributes: Attributes): readonly InputFault[] {
  const missing = REQUIRED.filter((name) => !attributes.has(name)).map((name) => faultAt(name, 'is required'));
  const judged = [...attributes].map(([name, value]) => ({ name, value, expectation: ownExpectation(name, value) }));
  const own = judged.flatMap(({ name, expectation }) => (expectation === null ? [] : [faultAt(name, expectation)]));
  const sound = judged.filter(({ name, expectation }) => expectation === null && CORE_RULES.has(name));
  return [...missing, ...own, ...refusedBySdk(sound)];
}

/** What is wrong by the rules written here, or null. */
function ownExpectation(name: string, value: unknown): string | null {
  const rule = CORE_RULES.get(name);
  if (rule === undefined) return extensionExpectation(name, value);
  if (typeof value !== 'string') return 'must be a text';
  if (value === '') return 'must not be empty';
  if (FORBIDDEN_CHARACTERS.test(value)) return 'must not contain control characters';
  return rule.accepts(value) ? null : rule.expectation;
}

function extensionExpectation(name: string, value: unknown): string | null {
  if (!NAME.test(name)) return 'is not an attribute: names are lower-case letters and digits';
  if (typeof value === 'string') return FORBIDDEN_CHARACTERS.test(value) ? 'must not contain control characters' : null;
  if (typeof value === 'boolean') return null;
  return isInt32(value) ? null : 'must be a text, a boolean or a whole number of 32 bits';
}

function isInt32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -INT32 && value < INT32;
}

/** One look where nothing is wrong; else one per attribute, for the SDK tells of one fault only. */
function refusedBySdk(sound: readonly { readonly name: string; readonly value: unknown }[]): readonly InputFault[] {
  if (sdkAccepts(Object.fromEntries(sound.map(({ name, value }) => [name, value])))) return [];
  return sound
    .filter(({ name, value }) => !sdkAccepts({ [name]: value }))
    .map(({ name }) => faultAt(name, CORE_RULES.get(name)?.expectation ?? 'is not valid'));
}

function sdkAccepts(attributes: Readonly<Record<string, unknown>>): boolean {
  try {
    new CloudEvent({ ...SOUND, ...attributes });
    return true;
  } catch {
    return false;
  }
}

function faultAt(name: string, detail: string): InputFault {
  return { pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, detail };
}
