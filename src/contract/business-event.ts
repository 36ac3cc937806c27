import { ApiSchema } from '@nestjs/swagger';
import type { EventClass } from './event-class.js';
import type { EventDeclaration, EventDefinition } from './event-definition.js';
import { fieldsOf } from './field-definition.js';

const DECLARATION = Symbol('business event');

/**
 * Declares a class to be a business event. The decorator only writes on its class; `loadEventCatalog` finds it.
 *
 * - `name`: PascalCase; `version`: from 1, raised with any change but a new optional field.
 * - `summary`: one sentence, at most 300 characters: it becomes the custom API's description.
 * - `catalog`: where makers find it in Power Automate, a root catalog and a category; with unique names and descriptions
 *   of their own where the environment has them already.
 * - `key`: the required text field that identifies the event in the business; `source`: the field that says where it
 *   happened; `orderingKey`: the field within whose equal values events are delivered in order; `whenDead`: whether a
 *   dead event lets those behind it go on (`continue`, the default) or holds them (`block`).
 * - `example`: a complete event, accepted as it stands: OpenAPI, tests and `send` use it.
 * - `messageName`: the custom API's unique name without prefix, where it is not the event's name; `displayName`: what
 *   makers read, where it is not the unique name in words.
 */
export function BusinessEvent(declaration: EventDeclaration): (eventClass: EventClass) => void {
  return (eventClass) => {
    Reflect.defineMetadata(DECLARATION, declaration, eventClass);
    ApiSchema({ description: declaration.summary })(eventClass);
  };
}

/** The definition a class declares, or null when the class is not a business event. */
export function definitionOf(eventClass: EventClass): EventDefinition | null {
  const declaration = Reflect.getOwnMetadata(DECLARATION, eventClass) as EventDeclaration | undefined;
  if (declaration === undefined) return null;
  const { name, version } = declaration;
  return {
    type: version === 1 ? name : `${name}.v${version}`,
    name,
    version,
    slug: kebabCase(version === 1 ? name : `${name}V${version}`),
    summary: declaration.summary,
    catalog: declaration.catalog,
    key: declaration.key,
    source: declaration.source ?? null,
    orderingKey: declaration.orderingKey ?? null,
    whenDead: declaration.whenDead ?? 'continue',
    example: declaration.example,
    messageName: declaration.messageName ?? null,
    displayName: declaration.displayName ?? null,
    fields: fieldsOf(eventClass),
    eventClass,
  };
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
