import type { RequestParameter } from '../../../contract/custom-api.js';
import { ParameterType } from '../../../contract/parameter-type.js';
import { assertNever } from '../../../kernel/assert-never.js';
import type { ExactValue } from '../exact-json.js';
import { refuseEntities, refuseEntity } from './edm-entity.js';
import { refusePrimitive, unexpectedNode } from './edm-primitive.js';
import { refuseReference } from './edm-reference.js';

/** How tolerantly a request is read, by its headers and the unconfirmed points. */
export interface Tolerance {
  readonly numbersAsStrings: boolean;
  readonly untypedEntityNeedsType: boolean;
}

/** Null, or why OData refuses a value for a parameter: the text of its exception. One case per parameter type. */
export function refuseValue(parameter: RequestParameter, value: ExactValue, tolerance: Tolerance): string | null {
  const { numbersAsStrings, untypedEntityNeedsType: needsType } = tolerance;
  const rule = { table: parameter.logicalEntityName, needsType, numbersAsStrings };
  switch (parameter.type) {
    case ParameterType.Boolean:
      return refusePrimitive('Edm.Boolean', value, numbersAsStrings);
    case ParameterType.DateTime:
      return refusePrimitive('Edm.DateTimeOffset', value, numbersAsStrings);
    case ParameterType.Decimal:
    case ParameterType.Money:
      return refusePrimitive('Edm.Decimal', value, numbersAsStrings);
    case ParameterType.Float:
      return refusePrimitive('Edm.Double', value, numbersAsStrings);
    case ParameterType.Integer:
    case ParameterType.Picklist:
      return refusePrimitive('Edm.Int32', value, numbersAsStrings);
    case ParameterType.String:
      return refusePrimitive('Edm.String', value, numbersAsStrings);
    case ParameterType.StringArray:
      return refuseStrings(value);
    case ParameterType.Guid:
      return refusePrimitive('Edm.Guid', value, numbersAsStrings);
    case ParameterType.EntityReference:
      return refuseReference(value, rule);
    case ParameterType.Entity:
      return refuseEntity(value, rule);
    case ParameterType.EntityCollection:
      return refuseEntities(value, rule);
    default:
      return assertNever(parameter.type);
  }
}

function refuseStrings(value: ExactValue): string | null {
  if (!Array.isArray(value)) return unexpectedNode('PrimitiveValue', 'StartArray');
  const refusals = value.map((item: ExactValue) => refusePrimitive('Edm.String', item, false));
  return refusals.find((refusal) => refusal !== null) ?? null;
}
