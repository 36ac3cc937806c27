import type { OpenAPIObject } from '@nestjs/swagger';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { EventClass } from '../contract/event-class.js';
import { type FieldDefinition, fieldsOf } from '../contract/field-definition.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Exclude<Schemas[string], { $ref: string }>;

/** Says about events what decorators cannot: no members but those declared, and null among the values of a choice. */
export function tidySchemas(document: OpenAPIObject, catalog: EventCatalog): OpenAPIObject {
  const ofEvents = new Set(catalog.definitions.flatMap(({ eventClass }) => classNamesOf(eventClass)));
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
    name,
    ofEvents.has(name) ? tidy(schema as Schema) : schema,
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

function tidy(schema: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, withNull(property)]);
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

/** In OpenAPI 3.0 `nullable` alone does not let null pass an `enum`. */
function withNull(property: Schemas[string]): Schemas[string] {
  if ('$ref' in property || property.nullable !== true || property.enum === undefined) return property;
  return { ...property, enum: [...property.enum, null] };
}

function classNamesOf(eventClass: EventClass): string[] {
  return [eventClass.name, ...fieldsOf(eventClass).flatMap(nestedClassNames)];
}

function nestedClassNames(field: FieldDefinition): string[] {
  return 'itemClass' in field ? classNamesOf(field.itemClass()) : [];
}
