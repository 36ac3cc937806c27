import fc from 'fast-check';
import type { EventDefinition } from '../../../src/contract/event-definition.js';
import { type FieldDefinition, fieldsOf } from '../../../src/contract/field-definition.js';
import { validateEvent } from '../../../src/contract/validate-event.js';
import { assertNever } from '../../../src/kernel/assert-never.js';

type Content = Record<string, unknown>;

/** Any valid content of an event type; values that a pattern rules come from its example. */
export function validContent(definition: EventDefinition): fc.Arbitrary<Content> {
  return membersOf(definition.fields, definition.example).filter(
    (content) => validateEvent(definition, content).length === 0,
  );
}

function membersOf(fields: readonly FieldDefinition[], example: unknown): fc.Arbitrary<Content> {
  const values = fields.map((field) => [field.name, anyValue(field, memberOf(example, field.name))] as const);
  const requiredKeys = fields.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true });
}

function anyValue(field: FieldDefinition, example: unknown): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'text':
      if (field.pattern !== null || field.format !== null) return fc.constant(example);
      return fc.string({ unit: 'grapheme', minLength: field.minLength, maxLength: Math.min(field.maxLength, 20) });
    case 'amount':
    case 'decimal':
      return fc.tuple(fc.integer(), fc.nat(99)).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
    case 'integer':
      return fc.integer({ min: field.minimum, max: field.maximum });
    case 'float':
      return fc.double({ min: field.minimum, max: field.maximum, noNaN: true }).filter((value) => value % 1 !== 0);
    case 'flag':
      return fc.boolean();
    case 'instant':
      return instant;
    case 'guid':
    case 'reference':
      return fc.uuid();
    case 'label':
      return fc.constantFrom(...field.labels);
    case 'option':
      return fc.constantFrom(...Object.keys(field.options).map(Number));
    case 'textList':
      return fc.array(fc.string({ minLength: 1, maxLength: Math.min(field.maxLength, 20) }), {
        maxLength: Math.min(field.maxItems, 5),
      });
    case 'record':
      return membersOf(fieldsOf(field.itemClass()), example);
    case 'records':
    case 'lines':
      return fc.array(membersOf(fieldsOf(field.itemClass()), firstOf(example)), {
        maxLength: Math.min(field.maxItems, 4),
      });
    default:
      return assertNever(field);
  }
}

const instant = fc
  .tuple(
    fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
    fc.constantFrom('', '.5', '.123', '.1239999', '.000000001'),
    fc.constantFrom('Z', '+00:00', '-11:30', '+14:00'),
  )
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`);

function memberOf(example: unknown, name: string): unknown {
  return typeof example === 'object' && example !== null ? (example as Content)[name] : undefined;
}

function firstOf(example: unknown): unknown {
  return Array.isArray(example) ? example[0] : undefined;
}
