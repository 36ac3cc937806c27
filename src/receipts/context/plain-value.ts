import type { Dictionary, Value } from './value.js';

/** A value of JSON. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * A value as plain JSON, in the form of the gateway's REST endpoints: money and numbers with a fraction are texts,
 * `"24.850"`, which lose no digit; dates are texts in UTC, `"2026-11-22T10:00:00.000Z"`; a reference is its id, a
 * choice its number; a row is an object of its columns.
 */
export function plainValue(value: Value): JsonValue {
  if (typeof value === 'number') return Number.isInteger(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(plainValue);
  switch (value.kind) {
    case 'Number':
      return value.literal;
    case 'DateTime':
      return new Date(value.epochMs).toISOString();
    case 'Money':
    case 'OptionSetValue':
      return value.value;
    case 'EntityReference':
      return isNamedByKey(value) ? plainDictionary(value.keyAttributes) : value.id;
    case 'Entity':
      return plainDictionary(value.attributes);
    case 'EntityCollection':
      return value.entities.map(plainValue);
    case 'AliasedValue':
      return plainValue(value.value);
    case 'Unknown':
      return plainDictionary(value.members);
  }
}

/** The entries of a dictionary as an object. */
function plainDictionary(dictionary: Dictionary<Value>): { readonly [name: string]: JsonValue } {
  // Defines all of them as own members, even `__proto__`.
  return Object.fromEntries(Array.from(dictionary, ([key, value]) => [key, plainValue(value)]));
}

function isNamedByKey({
  id,
  keyAttributes,
}: {
  readonly id: string | null;
  readonly keyAttributes: Dictionary<Value>;
}) {
  return (id === null || id === NO_GUID) && keyAttributes.size > 0;
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
