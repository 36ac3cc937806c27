import type { EventDefinition } from '../contract/event-definition.js';

/**
 * Dataverse's asynchronous fan-out repeats the parameters (InputParameters and ParentContext), and removes them all
 * from a message that grows too large. Service Bus takes at most 192 KB. So twice the parameters must fit into 180 KB.
 */
const MAX_PARAMETERS_BYTES = 90_000;

/** A character of canonical JSON becomes at most an escape of six bytes. */
const MAX_BYTES_PER_CHARACTER = 6;

/** What surrounds the parameters, EventId, and EventSource: at most 512 bytes, which escapes may triple. */
const ENVELOPE_BYTES = 2_000;

/**
 * `{"key":"ContactId","value":{"__type":"EntityReference:http:\/\/schemas...","Id":...}}`: no other parameter has more
 * around it.
 */
const FIELD_BYTES = 220;

/** A nested object becomes an Entity with its eight members, of a table that may have a long name. */
const NESTED_OBJECT_BYTES = 260;

/** A nested member becomes a pair of key and value; money and choices also state their type. */
const NESTED_MEMBER_BYTES = 110;

/**
 * Dataverse's serializer (.NET's DataContractJsonSerializer) writes these as `\u` and four digits, where UTF-8 has two
 * or three bytes.
 */
const WIDE = /[\u0085\u2028\u2029\ud800-\udfff\ufffe\uffff]|\\[bfnrt]/g;
const WIDE_EXTRA_BYTES = 4;

/**
 * Whether Dataverse can hand an event on whole. Estimates its parameters in a RemoteExecutionContext from above, from
 * the canonical JSON: its bytes in UTF-8, what the serializer escapes, a backslash before each quote and backslash
 * where nested lines travel as text, and what types add. Nearly every event passes by its length alone.
 */
export function fitsDataverse(definition: EventDefinition, data: string): boolean {
  const around = ENVELOPE_BYTES + definition.fields.length * FIELD_BYTES;
  if (data.length * MAX_BYTES_PER_CHARACTER + around <= MAX_PARAMETERS_BYTES && !hasRecords(definition)) return true;
  const bytes = Buffer.byteLength(data) + around + escapes(definition, data) + nesting(definition, data);
  return bytes <= MAX_PARAMETERS_BYTES;
}

function hasRecords(definition: EventDefinition): boolean {
  return definition.fields.some(({ kind }) => kind === 'record' || kind === 'records');
}

function escapes(definition: EventDefinition, data: string): number {
  const ofLines = definition.fields.some(({ kind }) => kind === 'lines') ? count(data, /["\\]/g) : 0;
  return ofLines + count(data, /\//g) + count(data, WIDE) * WIDE_EXTRA_BYTES;
}

function nesting(definition: EventDefinition, data: string): number {
  if (!hasRecords(definition)) return 0;
  return count(data, /\{/g) * NESTED_OBJECT_BYTES + count(data, /":/g) * NESTED_MEMBER_BYTES;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
