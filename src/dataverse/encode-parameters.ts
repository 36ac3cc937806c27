import { canonicalJson } from '../contract/canonical-json.js';
import { parameterName } from '../contract/custom-api.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { type FieldDefinition, fieldsOf, type NestedField, type ReferenceField } from '../contract/field-definition.js';
import { assertNever } from '../kernel/assert-never.js';
import { NotEncodableError } from './not-encodable.error.js';

/** The part of a stored event that is sent. */
export interface EncodableEvent {
  readonly id: string;
  readonly source: string;
  /** The canonical JSON of its content. */
  readonly data: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const TYPES = 'Microsoft.Dynamics.CRM';

/**
 * The body of a custom API call: the envelope, then the event's fields in the order of the definition. Written as text
 * and not by JSON.stringify, because exact numbers become number literals digit for digit, which a JavaScript number
 * cannot hold. Absent optional parameters are left out, never null. Throws `NotEncodableError` where the stored event
 * does not fit the definition, for part of it would be lost otherwise.
 */
export function encodeParameters(definition: EventDefinition, event: EncodableEvent): string {
  const envelope = [`"EventId":${JSON.stringify(event.id)}`, `"EventSource":${JSON.stringify(event.source)}`];
  const fields = membersOf(definition.fields, contentOf(event)).map(
    ({ field, value }) => `${JSON.stringify(parameterName(field))}:${encode(field, value)}`,
  );
  return `{${[...envelope, ...fields].join(',')}}`;
}

function contentOf(event: EncodableEvent): JsonObject {
  try {
    return objectFrom(JSON.parse(event.data));
  } catch (error) {
    throw error instanceof NotEncodableError ? error : new NotEncodableError('its stored content is not JSON');
  }
}

/** Every field that is present, with its value; throws where one is missing or undeclared. */
function membersOf(fields: readonly FieldDefinition[], content: JsonObject) {
  const members = fields.flatMap((field) => {
    const value = Object.hasOwn(content, field.name) ? content[field.name] : null;
    if (value !== null && value !== undefined) return [{ field, value }];
    if (field.required) throw new NotEncodableError(`it lacks the required field ${field.name}`);
    return [];
  });
  const present = Object.values(content).filter((value) => value !== null).length;
  if (present !== members.length) throw new NotEncodableError('it holds a field that its definition does not have');
  return members;
}

function encode(field: FieldDefinition, value: unknown): string {
  switch (field.kind) {
    case 'amount':
    case 'decimal':
      return exactNumber(field, value);
    case 'reference':
      return encodeReference(field, value);
    case 'record':
      return encodeRecord(field, value);
    case 'records':
      return `[${listFrom(value)
        .map((item) => encodeRecord(field, item))
        .join(',')}]`;
    case 'lines':
      return JSON.stringify(canonicalJson(value));
    case 'text':
    case 'integer':
    case 'float':
    case 'flag':
    case 'instant':
    case 'guid':
    case 'label':
    case 'option':
    case 'textList':
      return JSON.stringify(value);
    default:
      return assertNever(field);
  }
}

function exactNumber(field: FieldDefinition, value: unknown): string {
  if (typeof value === 'string' && JSON_NUMBER.test(value)) return value;
  throw new NotEncodableError(`its field ${field.name} is not an exact number`);
}

/** A table's key is named after the table; the type must be stated, since the parameter may be of any table. */
function encodeReference({ table }: ReferenceField, value: unknown): string {
  return `{"@odata.type":"${TYPES}.${table}","${table}id":${JSON.stringify(value)}}`;
}

function encodeRecord({ table, itemClass }: NestedField, value: unknown): string {
  const members = membersOf(fieldsOf(itemClass()), objectFrom(value)).flatMap(({ field, value: member }) => [
    ...(table === null ? annotation(field) : []),
    `${JSON.stringify(field.name)}:${encode(field, member)}`,
  ]);
  return `{${[`"@odata.type":"${TYPES}.${table ?? 'expando'}"`, ...members].join(',')}}`;
}

/**
 * An open type has no metadata that tells a member's type: every type that JSON itself does not show must be stated
 * (OData JSON Format 4.0, section 4.5.3).
 */
function annotation(field: FieldDefinition): string[] {
  const type = OPEN_TYPES[field.kind];
  return type === undefined ? [] : [`${JSON.stringify(`${field.name}@odata.type`)}:"#${type}"`];
}

const OPEN_TYPES: Partial<Record<FieldDefinition['kind'], string>> = {
  amount: 'Decimal',
  decimal: 'Decimal',
  float: 'Double',
  guid: 'Guid',
  instant: 'DateTimeOffset',
  textList: 'Collection(String)',
  records: `Collection(${TYPES}.expando)`,
};

function objectFrom(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new NotEncodableError('it holds something else where its definition has an object');
}

function listFrom(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new NotEncodableError('it holds something else where its definition has a list');
}
