import { ExactNumber, type ExactValue, isObject } from '../exact-json.js';
import { type EdmPrimitive, refusePrimitive, unexpectedNode } from './edm-primitive.js';

const NAMESPACE = 'Microsoft.Dynamics.CRM.';
const ENTITY_TYPE = /^#?Microsoft\.Dynamics\.CRM\.([A-Za-z_][A-Za-z0-9_]*)$/;
/** How deep open types may nest. */
const MAX_DEPTH = 32;

/** What an object is checked against. */
export interface EntityRule {
  /** The table, or null for the open type. */
  readonly table: string | null;
  /** Whether a value without table must state its type itself. */
  readonly needsType: boolean;
  readonly numbersAsStrings: boolean;
}

/** Null, or why OData refuses an object as an Entity. Columns are not known here, so their names are not checked. */
export function refuseEntity(value: ExactValue, rule: EntityRule, depth = 0): string | null {
  if (depth > MAX_DEPTH)
    return `Microsoft.OData.ODataException: The maximum nesting depth of ${MAX_DEPTH} was exceeded.`;
  if (!isObject(value)) return unexpectedNode(Array.isArray(value) ? 'StartArray' : 'PrimitiveValue', 'StartObject');
  return refuseType(value['@odata.type'], rule) ?? refuseMembers(value, rule, depth);
}

/** Like `refuseEntity`, for each item of an array. */
export function refuseEntities(value: ExactValue, rule: EntityRule, depth = 0): string | null {
  if (!Array.isArray(value)) return unexpectedNode(isObject(value) ? 'StartObject' : 'PrimitiveValue', 'StartArray');
  return firstRefusal(value, (item: ExactValue) => refuseEntity(item, rule, depth));
}

function refuseType(type: ExactValue | undefined, { table, needsType }: EntityRule): string | null {
  if (type === undefined) {
    if (table !== null || !needsType) return null;
    return "Microsoft.OData.ODataException: A type name was not found for an entity; '@odata.type' is required where the expected type is open.";
  }
  const named = typeof type === 'string' ? ENTITY_TYPE.exec(type)?.[1] : undefined;
  if (named !== undefined && (table === null || named === table)) return null;
  const expected = `${NAMESPACE}${table ?? 'crmbaseentity'}`;
  return `Microsoft.OData.ODataException: A type named '${type}' could not be resolved by the model, or is not assignable to '${expected}'.`;
}

/** Members whose type is annotated must be of it: `"price@odata.type": "#Decimal"`. */
function refuseMembers(value: { readonly [name: string]: ExactValue }, rule: EntityRule, depth: number): string | null {
  return firstRefusal(Object.entries(value), ([name, member]) => {
    if (name.includes('@')) return refuseAnnotation(name, value);
    const annotation = value[`${name}@odata.type`];
    if (annotation === undefined) return refuseUnannotated(member, { ...rule, table: null, depth });
    return refuseAnnotated(member, annotation, { ...rule, depth });
  });
}

/** Its type is unknown; only a number is checked for being representable. */
function refuseUnannotated(member: ExactValue, rule: EntityRule & { readonly depth: number }): string | null {
  const { depth, ...open } = rule;
  if (isObject(member)) return refuseEntity(member, open, depth + 1);
  return refuseHuge(member);
}

function refuseHuge(value: ExactValue): string | null {
  if (value instanceof ExactNumber) return refusePrimitive('Edm.Double', value, false);
  if (Array.isArray(value)) return firstRefusal(value, refuseHuge);
  return isObject(value) ? firstRefusal(Object.values(value), refuseHuge) : null;
}

function refuseAnnotation(name: string, value: { readonly [name: string]: ExactValue }): string | null {
  const [member = '', annotation] = name.split('@');
  if (member === '' || Object.hasOwn(value, member) || annotation === 'odata.bind') return null;
  return `Microsoft.OData.ODataException: An undeclared property '${member}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`;
}

function refuseAnnotated(
  member: ExactValue,
  annotation: ExactValue,
  { depth, ...rule }: EntityRule & { readonly depth: number },
): string | null {
  const type = typeof annotation === 'string' ? annotation.replace(/^#/, '') : '';
  const item = /^Collection\((.+)\)$/.exec(type)?.[1]?.replace(/^#/, '');
  const open = { ...rule, table: null };
  if (item === undefined) return refuseNamed(member, type, { ...open, depth });
  if (item.startsWith(NAMESPACE)) return refuseEntities(member, open, depth + 1);
  if (!Array.isArray(member)) return unexpectedNode('PrimitiveValue', 'StartArray');
  return firstRefusal(member, (each: ExactValue) => refuseNamed(each, item, { ...open, depth }));
}

function refuseNamed(
  member: ExactValue,
  type: string,
  { depth, ...rule }: EntityRule & { readonly depth: number },
): string | null {
  if (type.startsWith(NAMESPACE)) return member === null ? null : refuseEntity(member, rule, depth + 1);
  const primitive = PRIMITIVES.find((known) => known === `Edm.${type.replace(/^Edm\./, '')}`);
  if (primitive === undefined) {
    return `Microsoft.OData.ODataException: A type named '${type}' could not be resolved by the model.`;
  }
  return member === null ? null : refusePrimitive(primitive, member, rule.numbersAsStrings);
}

const PRIMITIVES: readonly EdmPrimitive[] = [
  'Edm.Boolean',
  'Edm.DateTimeOffset',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Guid',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.String',
];

function firstRefusal<T>(items: readonly T[], refuse: (item: T) => string | null): string | null {
  for (const item of items) {
    const refusal = refuse(item);
    if (refusal !== null) return refusal;
  }
  return null;
}
