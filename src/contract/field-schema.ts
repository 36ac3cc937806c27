import { assertNever } from '../kernel/assert-never.js';
import { INSTANT_PATTERN } from './calendar.js';
import type { FieldDefinition, TextField } from './field-definition.js';
import { exactNumberPattern, GUID_PATTERN } from './field-rule.js';

/** The part of JSON Schema that field words use, in the dialect OpenAPI 3.0 and JSON Schema share. */
export interface FieldSchema {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly (string | number)[];
  readonly maxItems?: number;
  readonly items?: FieldSchema;
}

/** The JSON Schema of one field, without its description and, for nested fields, without the nested properties. */
export function schemaOf(field: FieldDefinition): FieldSchema {
  switch (field.kind) {
    case 'text':
      return textSchema(field);
    case 'amount':
    case 'decimal':
      return { type: 'string', pattern: exactNumberPattern(field.decimals) };
    case 'integer':
      return { type: 'integer', format: 'int32', minimum: field.minimum, maximum: field.maximum };
    case 'float':
      return { type: 'number', format: 'double', minimum: field.minimum, maximum: field.maximum };
    case 'flag':
      return { type: 'boolean' };
    case 'instant':
      return { type: 'string', format: 'date-time', pattern: INSTANT_PATTERN };
    case 'guid':
    case 'reference':
      return { type: 'string', format: 'uuid', pattern: GUID_PATTERN };
    case 'label':
      return { type: 'string', enum: field.labels };
    case 'option':
      return { type: 'integer', enum: Object.keys(field.options).map(Number) };
    case 'textList':
      return {
        type: 'array',
        maxItems: field.maxItems,
        items: { type: 'string', minLength: 1, maxLength: field.maxLength },
      };
    case 'record':
      return { type: 'object' };
    case 'records':
    case 'lines':
      return { type: 'array', maxItems: field.maxItems, items: { type: 'object' } };
    default:
      return assertNever(field);
  }
}

function textSchema(field: TextField): FieldSchema {
  if (field.format === 'date') return { type: 'string', format: 'date' };
  return {
    type: 'string',
    minLength: field.minLength,
    maxLength: field.maxLength,
    ...(field.format === null ? {} : { format: field.format }),
    ...(field.pattern === null ? {} : { pattern: field.pattern }),
  };
}
