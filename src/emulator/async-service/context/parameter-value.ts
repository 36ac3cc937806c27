import { ParameterType } from '../../../contract/parameter-type.js';
import { ExactNumber, type ExactValue, isObject } from '../../web-api/exact-json.js';
import { type ContextValue, Literal } from './context-json.js';
import { dateOf, typed } from './contracts.js';
import { decimalText } from './decimal-text.js';
import { entityCollectionOf, entityOf, referenceOf } from './entity-value.js';

/** A request parameter as its message holds it, from the call's body. The body was checked before. */
export function parameterValue(
  { type, logicalEntityName }: { readonly type: ParameterType; readonly logicalEntityName: string | null },
  value: ExactValue,
): ContextValue {
  if (value === null) return null;
  switch (type) {
    case ParameterType.Boolean:
    case ParameterType.String:
    case ParameterType.StringArray:
      return value as string | boolean | readonly string[];
    case ParameterType.DateTime:
      return dateOf(`${value}`);
    case ParameterType.Guid:
      return `${value}`.toLowerCase();
    case ParameterType.Decimal:
      return new Literal(decimalText(literalOf(value)));
    case ParameterType.Money:
      return typed('Money', { Value: new Literal(decimalText(literalOf(value))) });
    case ParameterType.Integer:
      return Number(literalOf(value));
    case ParameterType.Picklist:
      return typed('OptionSetValue', { Value: Number(literalOf(value)) });
    case ParameterType.Float:
      return floatOf(literalOf(value));
    case ParameterType.EntityReference:
      return referenceOf(value, logicalEntityName);
    case ParameterType.Entity:
      return entityOf(isObject(value) ? value : {}, logicalEntityName);
    case ParameterType.EntityCollection:
      return entityCollectionOf(Array.isArray(value) ? value : [], logicalEntityName);
  }
}

function literalOf(value: ExactValue): string {
  return value instanceof ExactNumber ? value.literal : `${value}`;
}

/** A text that is no JSON number stays text. */
function floatOf(literal: string): ContextValue {
  const value = Number(literal);
  return Number.isFinite(value) ? value : literal;
}
