import type { EventDefinition } from '../contract/event-definition.js';

/**
 * Dataverse's asynchronous fan-out repeats the parameters (InputParameters and ParentContext), and drops them all from
 * a message that grows too large; Service Bus stops at 192 KB. So twice the parameters must fit into 180 KB.
 */
const MAX_PARAMETERS_BYTES = 90_000;

/** A character of canonical JSON becomes at most three bytes of UTF-8, or an escape of two. */
const MAX_BYTES_PER_CHARACTER = 3;

/** EventId, EventSource (at most 512 bytes, as `source` of a CloudEvent) and the request's own braces. */
const ENVELOPE_BYTES = 1_000;

/** An annotation such as `"@odata.type":"Microsoft.Dynamics.CRM.account",` with the longest usual table name. */
const ANNOTATION_BYTES = 100;

/** Nested numbers carry their type beside them: `"price@odata.type":"#Decimal",`. */
const NESTED_MEMBER_BYTES = 40;

/**
 * Whether Dataverse can hand an event on whole. An upper estimate of its encoded parameters, from the canonical JSON:
 * its bytes in UTF-8, a backslash before each quote and backslash where nested lines travel as text, and annotations
 * where references and records do. Nearly every event passes by its length alone.
 */
export function fitsDataverse(definition: EventDefinition, data: string): boolean {
  if (data.length * MAX_BYTES_PER_CHARACTER + ENVELOPE_BYTES <= MAX_PARAMETERS_BYTES && !hasRecords(definition))
    return true;
  const bytes = Buffer.byteLength(data) + ENVELOPE_BYTES + escapes(definition, data) + annotations(definition, data);
  return bytes <= MAX_PARAMETERS_BYTES;
}

function hasRecords(definition: EventDefinition): boolean {
  return definition.fields.some(({ kind }) => kind === 'record' || kind === 'records');
}

function escapes(definition: EventDefinition, data: string): number {
  return definition.fields.some(({ kind }) => kind === 'lines') ? count(data, /["\\]/g) : 0;
}

function annotations(definition: EventDefinition, data: string): number {
  const references = definition.fields.filter(({ kind }) => kind === 'reference').length;
  if (!hasRecords(definition)) return references * ANNOTATION_BYTES;
  return (references + count(data, /\{/g)) * ANNOTATION_BYTES + count(data, /":/g) * NESTED_MEMBER_BYTES;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
