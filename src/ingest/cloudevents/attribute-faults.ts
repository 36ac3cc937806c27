import { CloudEvent } from 'cloudevents';
import { isInstant } from '../../contract/calendar.js';
import { isText } from '../../contract/is-text.js';
import { isUtf8MediaType } from '../../http/body-content.js';
import { FaultList } from '../../kernel/fault-list.js';
import type { InputFault } from '../../kernel/input-fault.js';
import { pointerTo } from '../../kernel/json-pointer.js';
import { ATTRIBUTE_TEXT } from './attribute-text.js';

type Attributes = ReadonlyMap<string, unknown>;

const REQUIRED = ['specversion', 'id', 'source', 'type'] as const;

interface CoreRule {
  readonly accepts: (text: string) => boolean;
  /** Completes "/pointer ...". */
  readonly expectation: string;
}

/** What the specification, and beyond it this gateway, asks of the known attributes; all others are extensions. */
const CORE_RULES: ReadonlyMap<string, CoreRule> = new Map<string, CoreRule>([
  ['specversion', { accepts: (text) => text === '1.0', expectation: 'must be "1.0"' }],
  ['id', { accepts: (text) => isText(text, 1, 255), expectation: 'must be at most 255 characters' }],
  [
    'source',
    {
      // The SDK's pattern accepts quotes, which RFC 3986 does not.
      accepts: (text) => isText(text, 1, 512) && !text.includes('"'),
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

/** An event that the SDK accepts: if it refuses the event with another attribute put in, that attribute is at fault. */
const SOUND = { specversion: '1.0', id: '1', source: '/', type: 'T', time: '2026-11-22T10:00:00Z' };

const NAME = /^[a-z0-9]+$/;
const TEXT = new RegExp(ATTRIBUTE_TEXT, 'u');
const INT32 = 2 ** 31;

/**
 * Every fault of an event's attributes, up to `FaultList`'s bound: by the specification's naming and types, by its
 * SDK's rules for their meaning (URIs, texts that must not be empty), and by this gateway's own bounds. Extensions are
 * judged by name and type alone. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export function attributeFaults(attributes: Attributes): readonly InputFault[] {
  const list = new FaultList();
  for (const name of REQUIRED) if (!attributes.has(name)) list.add(`/${name}`, 'is required');
  const sound: [name: string, value: unknown][] = [];
  for (const [name, value] of attributes) {
    if (list.isFull) break;
    const expectation = ownExpectation(name, value);
    if (expectation !== null) list.add(pointerTo('', name), expectation);
    else if (CORE_RULES.has(name)) sound.push([name, value]);
  }
  for (const name of refusedBySdk(sound)) list.add(`/${name}`, CORE_RULES.get(name)?.expectation ?? 'is not valid');
  return list.faults;
}

/** The fault by the rules written here, or null. */
function ownExpectation(name: string, value: unknown): string | null {
  const rule = CORE_RULES.get(name);
  if (rule === undefined) return extensionExpectation(name, value);
  if (typeof value !== 'string') return 'must be a text';
  if (value === '') return 'must not be empty';
  if (!TEXT.test(value)) return 'must not contain control characters';
  return rule.accepts(value) ? null : rule.expectation;
}

function extensionExpectation(name: string, value: unknown): string | null {
  if (!NAME.test(name)) return 'is not an attribute: names are lower-case letters and digits';
  if (typeof value === 'string') return TEXT.test(value) ? null : 'must not contain control characters';
  if (typeof value === 'boolean') return null;
  return isInt32(value) ? null : 'must be a text, a boolean or a whole number of 32 bits';
}

function isInt32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= -INT32 && value < INT32;
}

/**
 * The names of faulty attributes. One check where nothing is wrong; otherwise one per attribute, for the SDK tells only
 * one fault.
 */
function refusedBySdk(sound: readonly (readonly [name: string, value: unknown])[]): readonly string[] {
  if (sdkAccepts(Object.fromEntries(sound))) return [];
  return sound.filter(([name, value]) => !sdkAccepts({ [name]: value })).map(([name]) => name);
}

function sdkAccepts(attributes: Readonly<Record<string, unknown>>): boolean {
  try {
    new CloudEvent({ ...SOUND, ...attributes });
    return true;
  } catch {
    return false;
  }
}
