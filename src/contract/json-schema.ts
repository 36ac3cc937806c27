import { type FieldDefinition, fieldsOf } from './field-definition.js';
import { type FieldSchema, schemaOf } from './field-schema.js';

/** JSON Schema (draft 2020-12) of an object made of field words. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** The self-contained JSON Schema of an event's fields, or of the fields of a class nested in one. */
export function jsonSchemaOf(fields: readonly FieldDefinition[]): ObjectSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, propertyOf(field)])),
    required: fields.filter((field) => field.required).map((field) => field.name),
    additionalProperties: false,
  };
}

function propertyOf(field: FieldDefinition): object {
  const schema = 'itemClass' in field ? nestedSchemaOf(field) : schemaOf(field);
  return { ...schema, ...(field.required ? {} : orNull(schema)), description: field.description };
}

/** An optional member may also be null, which means the same as leaving it out. */
function orNull(schema: Partial<FieldSchema>): object {
  return {
    type: [schema.type, 'null'],
    ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }),
  };
}

function nestedSchemaOf(field: FieldDefinition & { readonly itemClass: () => new () => object }): Partial<FieldSchema> {
  const item = jsonSchemaOf(fieldsOf(field.itemClass()));
  return field.kind === 'record'
    ? (item as Partial<FieldSchema>)
    : { ...schemaOf(field), items: item as unknown as FieldSchema };
}
