import { isDateTime } from './contract-formats.js';
import { readStrictly } from './strict-reader.js';
import { REFUSED, type Verdict, verdictOnValue } from './verdict.js';
import type { EventTypeUnderFuzz, World } from './world.js';

type Members = Readonly<Record<string, unknown>>;

const SCHEMA = '/components/schemas/CloudEvent';
const INT32 = 2 ** 31;

/** Judges an event in structured form: by the document's schema, and by what docs/cloudevents.md says beside it. */
export function verdictOnCloudEvent(world: World, event: unknown): Verdict {
  const { contract } = world;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return REFUSED;
  const ofAttributes = contract.judge(SCHEMA, event);
  // What is null is not set.
  const members = Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
  const opinions = [
    ...extensionOpinions(members, contract.schemaAt(SCHEMA).properties ?? {}),
    ...mediaOpinions(members),
  ];
  const named = typeNamed(world, String(members.type));
  if (ofAttributes === 'breaks' || opinions.includes('refuse') || named === null) return REFUSED;
  const content = contentOf(members);
  const time = timeOpinion(members.time, content);
  if (content === undefined || time === 'refuse') return REFUSED;
  const verdict = verdictOnValue(contract, named.type.pointer, withTime(content, members.time));
  if (verdict.kind === 'refuse') return verdict;
  const isSure = named.isSure && [...opinions, time].every((opinion) => opinion === 'accept');
  return isSure ? verdict : { ...verdict, kind: 'either' };
}

type Opinion = Verdict['kind'];

function extensionOpinions(members: Members, core: object): readonly Opinion[] {
  const extensions = Object.entries(members).filter(([name]) => !Object.hasOwn(core, name));
  return extensions.map(([name, value]) => {
    if (!/^[a-z0-9]+$/.test(name)) return 'refuse';
    if (typeof value === 'string') return /^[\x20-\x7e]*$/.test(value) ? 'accept' : 'either';
    if (typeof value === 'boolean') return 'accept';
    const isInt32 = Number.isInteger(value) && Number(value) >= -INT32 && Number(value) < INT32;
    return isInt32 ? 'accept' : 'refuse';
  });
}

function mediaOpinions({ datacontenttype, data, data_base64 }: Members): readonly Opinion[] {
  if (data !== undefined && data_base64 !== undefined) return ['refuse'];
  if (datacontenttype === undefined) return [data_base64 === undefined ? 'accept' : 'refuse'];
  if (datacontenttype === 'application/json') return ['accept'];
  return [/^application\/json\s*(?:;|$)/i.test(String(datacontenttype)) ? 'either' : 'refuse'];
}

/** `Name` or `Name.v1` behind any reverse-DNS prefix; every type under fuzz is of version 1. */
function typeNamed({ eventTypes }: World, word: string): { type: EventTypeUnderFuzz; isSure: boolean } | null {
  const [, prefix = '', name = ''] = /^(.*\.)?([^.]+)$/s.exec(word.replace(/\.v1$/, '')) ?? [];
  const type = eventTypes.find((candidate) => candidate.type === name);
  return type === undefined ? null : { type, isSure: /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.)*$/.test(prefix) };
}

/** The content, as it is or out of its base64; undefined where there is none, or none that can be read. */
function contentOf({ data, data_base64 }: Members): unknown {
  if (data_base64 === undefined) return data;
  const reading = readStrictly(Buffer.from(String(data_base64), 'base64'));
  return reading.kind === 'read' && reading.forbidden.length === 0 ? reading.value : undefined;
}

function occurredIn(content: unknown): unknown {
  return typeof content === 'object' ? ((content as Members | null)?.occurredAt ?? undefined) : undefined;
}

/** Both instants, where there are two, must be the same; below a millisecond careful readers may differ. */
function timeOpinion(time: unknown, content: unknown): Opinion {
  const occurredAt = occurredIn(content);
  if (time === undefined || occurredAt === undefined) return 'accept';
  if (typeof occurredAt !== 'string' || !isDateTime(occurredAt)) return 'refuse';
  const apart = Math.abs(millisecondsOf(String(time)) - millisecondsOf(occurredAt));
  if (apart > 1) return 'refuse';
  return time === occurredAt ? 'accept' : 'either';
}

function millisecondsOf(instant: string): number {
  return Date.parse(instant.replace(/(\.\d{3})\d+/, '$1'));
}

function withTime(content: unknown, time: unknown): unknown {
  const isMissing = time !== undefined && occurredIn(content) === undefined;
  return isMissing && typeof content === 'object' && !Array.isArray(content)
    ? { ...content, occurredAt: time }
    : content;
}
