import type { EventClass } from './event-class.js';
import { ParameterType } from './parameter-type.js';

interface FieldBase {
  /** The name on the wire, camelCase: the property's name in the class. */
  readonly name: string;
  /** What it means, with its unit; shown in OpenAPI and registered in Dataverse (at most 300 characters). */
  readonly description: string;
  readonly required: boolean;
  /** The parameter's name for makers where it is not the field's name in words, else null. */
  readonly displayName: string | null;
}

export interface TextField extends FieldBase {
  readonly kind: 'text';
  /** Lengths in Unicode code points. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly format: 'email' | 'date' | null;
  /** An anchored ECMAScript regular expression, or null for any text. */
  readonly pattern: string | null;
}

/** A decimal string on the wire, an exact number literal towards Dataverse. */
interface ExactNumberField extends FieldBase {
  readonly kind: 'amount' | 'decimal';
  /** How many digits may follow the point. */
  readonly decimals: number;
}

interface NumberField extends FieldBase {
  readonly kind: 'integer' | 'float';
  readonly minimum: number;
  readonly maximum: number;
}

interface PlainField extends FieldBase {
  readonly kind: 'flag' | 'instant' | 'guid';
}

/** One of a fixed set of labels; travels as String. */
interface LabelChoiceField extends FieldBase {
  readonly kind: 'label';
  readonly labels: readonly string[];
}

/** One of a fixed set of option numbers, with what each means; travels as Picklist. */
interface OptionChoiceField extends FieldBase {
  readonly kind: 'option';
  readonly options: Readonly<Record<number, string>>;
}

interface TextListField extends FieldBase {
  readonly kind: 'textList';
  readonly maxItems: number;
  readonly maxLength: number;
}

/** The id of a row that exists in Dataverse; travels as EntityReference. */
export interface ReferenceField extends FieldBase {
  readonly kind: 'reference';
  /** The table's logical name, such as `contact`. */
  readonly table: string;
}

/** Objects nested in the event, whose fields are those of another decorated class. */
export interface NestedField extends FieldBase {
  /** `record` travels as Entity, `records` as EntityCollection, `lines` as one String that holds JSON. */
  readonly kind: 'record' | 'records' | 'lines';
  readonly itemClass: () => EventClass;
  /** The table's logical name, or null for the open type `expando`. */
  readonly table: string | null;
  readonly maxItems: number;
}

/** What a field word says about one property of an event. */
export type FieldDefinition =
  | TextField
  | ExactNumberField
  | NumberField
  | PlainField
  | LabelChoiceField
  | OptionChoiceField
  | TextListField
  | ReferenceField
  | NestedField;

type FieldKind = FieldDefinition['kind'];

const PARAMETER_TYPES: Record<FieldKind, ParameterType> = {
  text: ParameterType.String,
  amount: ParameterType.Money,
  decimal: ParameterType.Decimal,
  integer: ParameterType.Integer,
  float: ParameterType.Float,
  flag: ParameterType.Boolean,
  instant: ParameterType.DateTime,
  guid: ParameterType.Guid,
  label: ParameterType.String,
  option: ParameterType.Picklist,
  textList: ParameterType.StringArray,
  reference: ParameterType.EntityReference,
  record: ParameterType.Entity,
  records: ParameterType.EntityCollection,
  lines: ParameterType.String,
};

export function parameterTypeOf(field: FieldDefinition): ParameterType {
  return PARAMETER_TYPES[field.kind];
}

const FIELDS = Symbol('fields');

/** Writes a field's definition on the class that declares it; the loader reads it back with `fieldsOf`. */
export function recordField(prototype: object, field: FieldDefinition): void {
  Reflect.defineMetadata(FIELDS, [...ownFields(prototype), field], prototype);
}

/** The fields of a decorated class in the order of their declaration; empty for a class without field words. */
export function fieldsOf(eventClass: EventClass): readonly FieldDefinition[] {
  return ownFields(eventClass.prototype);
}

function ownFields(prototype: object): readonly FieldDefinition[] {
  return (Reflect.getOwnMetadata(FIELDS, prototype) as readonly FieldDefinition[] | undefined) ?? [];
}
