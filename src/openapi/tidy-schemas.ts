import type { OpenAPIObject } from '@nestjs/swagger';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { EventClass } from '../contract/event-class.js';
import { type FieldDefinition, fieldsOf } from '../contract/field-definition.js';
import { requestSchemas } from './request-schemas.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Exclude<Schemas[string], { $ref: string }>;

/**
 * Adds to events and other request bodies what decorators cannot say: no members but those declared, null among the
 * values of a choice, and for each member its value in the definition's example.
 */
export function tidySchemas(document: OpenAPIObject, catalog: EventCatalog): OpenAPIObject {
  const ofEvents = new Set(
    catalog.definitions.flatMap(({ eventClass }) => [...classNamesOf(eventClass), batchNameOf(eventClass)]),
  );
  const sent = requestSchemas(document);
  const examples = new Map(catalog.definitions.map(({ eventClass, example }) => [eventClass.name, example]));
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
    name,
    ofEvents.has(name) ? tidy(schema as Schema, examples.get(name) ?? {}) : sent.has(name) ? closed(schema) : schema,
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

function tidy(schema: Schema, example: Readonly<Record<string, unknown>>): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    withExample(withNull(property), example[name]),
  ]);
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

/** A client that sends an unknown member meant something by it: no request body may have one. */
function closed(schema: Schemas[string]): Schemas[string] {
  return '$ref' in schema || schema.properties === undefined ? schema : { ...schema, additionalProperties: false };
}

function withExample(property: Schemas[string], example: unknown): Schemas[string] {
  return example === undefined || '$ref' in property ? property : { ...property, example };
}

/** In OpenAPI 3.0 `nullable` alone does not let null pass an `enum`. */
function withNull(property: Schemas[string]): Schemas[string] {
  if ('$ref' in property || property.nullable !== true || property.enum === undefined) return property;
  return { ...property, enum: [...property.enum, null] };
}

/** The body of a request with several events of a class. */
function batchNameOf({ name }: EventClass): string {
  return `${name}Batch`;
}

function classNamesOf(eventClass: EventClass): string[] {
  return [eventClass.name, ...fieldsOf(eventClass).flatMap(nestedClassNames)];
}

function nestedClassNames(field: FieldDefinition): string[] {
  return 'itemClass' in field ? classNamesOf(field.itemClass()) : [];
}
