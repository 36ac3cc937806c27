import type { EventDefinition } from './event-definition.js';
import { type FieldDefinition, parameterTypeOf } from './field-definition.js';
import { ParameterType } from './parameter-type.js';

/** A custom API request parameter, in the words of Dataverse's `customapirequestparameter` table. */
export interface RequestParameter {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly description: string;
  readonly type: ParameterType;
  readonly isOptional: boolean;
  /** The table of an EntityReference, Entity or EntityCollection; null for the open type and for all other types. */
  readonly logicalEntityName: string | null;
}

/**
 * A custom API as an external event needs it. Fields that are missing here always have the same value: global, an
 * action, Async Only, without plug-in type and without response properties.
 */
export interface CustomApi {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly description: string;
  readonly requestParameters: readonly RequestParameter[];
}

/**
 * The parameters of every custom API beside the event's own fields. `OccurredAt` is the event's required field
 * `occurredAt`.
 */
const ENVELOPE: readonly RequestParameter[] = [
  {
    uniqueName: 'EventId',
    displayName: 'Event Id',
    description: 'Identifies the event. The same in every repeated call of one event: drop what you have seen.',
    type: ParameterType.Guid,
    isOptional: false,
    logicalEntityName: null,
  },
  {
    uniqueName: 'EventSource',
    displayName: 'Event Source',
    description: 'Where the event happened: a store, a company, or the client that sent it.',
    type: ParameterType.String,
    isOptional: false,
    logicalEntityName: null,
  },
];

/** Parameter names an event's own fields may not take. */
export const ENVELOPE_PARAMETERS: readonly string[] = ENVELOPE.map((parameter) => parameter.uniqueName);

/**
 * The custom API that carries an event type; its name begins with a publisher's customization prefix such as `contoso`.
 */
export function customApiFor(definition: EventDefinition, prefix: string): CustomApi {
  const name = definition.version === 1 ? definition.name : `${definition.name}V${definition.version}`;
  return {
    uniqueName: `${prefix}_${definition.messageName ?? name}`,
    displayName: definition.displayName ?? spaced(definition.messageName ?? name),
    description: definition.summary,
    requestParameters: [...ENVELOPE, ...definition.fields.map(requestParameterFor)],
  };
}

/** Parameter names are the field names in PascalCase. */
export function parameterName(field: FieldDefinition): string {
  return field.name.charAt(0).toUpperCase() + field.name.slice(1);
}

function requestParameterFor(field: FieldDefinition): RequestParameter {
  return {
    uniqueName: parameterName(field),
    displayName: field.displayName ?? spaced(parameterName(field)),
    description: field.description,
    type: parameterTypeOf(field),
    isOptional: !field.required,
    logicalEntityName: 'table' in field ? field.table : null,
  };
}

/** A name in words, for makers: `Total Amount`. */
export function spaced(pascalCase: string): string {
  return pascalCase.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ');
}
