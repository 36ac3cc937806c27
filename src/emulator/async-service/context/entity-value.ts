import { ExactNumber, type ExactValue, isObject } from '../../web-api/exact-json.js';
import { type ContextValue, Literal } from './context-json.js';
import { dateOf, NO_ID, pairs, reference, typed } from './contracts.js';
import { decimalText } from './decimal-text.js';

type Members = { readonly [name: string]: ExactValue };

const TYPE = /^#?Microsoft\.Dynamics\.CRM\.(.+)$/;
/** `accounts(<id>)`, with anything before it. */
const ADDRESS = /([A-Za-z_][A-Za-z0-9_]*)\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/i;
const OPEN_TYPE = 'expando';

/** An EntityReference, from an object that names a row by its key or by `@odata.id`. */
export function referenceOf(value: ExactValue, table: string | null): ContextValue {
  if (!isObject(value)) return null;
  const byAddress = addressed(value['@odata.id'], table);
  if (byAddress !== null) return byAddress;
  const logicalName = tableOf(value, table);
  return typed('EntityReference', reference(logicalName, idOf(value, logicalName) ?? NO_ID));
}

/** An Entity with the attributes that the object has. */
export function entityOf(value: Members, table: string | null): ContextValue {
  return typed('Entity', entityMembers(value, table));
}

/** An EntityCollection; the type of its items is known and not written. */
export function entityCollectionOf(items: readonly ExactValue[], table: string | null): ContextValue {
  const objects = items.filter(isObject);
  const [first] = objects;
  return typed('EntityCollection', {
    Entities: objects.map((item) => entityMembers(item, table)),
    EntityName: first === undefined ? table : tableOf(first, table),
    MinActiveRowVersion: null,
    MoreRecords: false,
    PagingCookie: null,
    TotalRecordCount: 0,
    TotalRecordCountLimitExceeded: false,
  });
}

function entityMembers(value: Members, table: string | null): { readonly [member: string]: ContextValue } {
  const logicalName = tableOf(value, table);
  return {
    Attributes: pairs(Object.entries(value).flatMap(([name, member]) => attributeOf(name, member, value))),
    EntityState: null,
    FormattedValues: [],
    Id: idOf(value, logicalName) ?? NO_ID,
    KeyAttributes: [],
    LogicalName: logicalName,
    RelatedEntities: [],
    RowVersion: null,
  };
}

function attributeOf(name: string, member: ExactValue, value: Members): readonly [string, ContextValue][] {
  const [attribute = '', annotation] = name.split('@');
  if (annotation === 'odata.bind') return [[attribute.toLowerCase(), addressed(member, null)]];
  if (annotation !== undefined) return [];
  return [[attribute, attributeValue(member, `${value[`${name}@odata.type`] ?? ''}`)]];
}

/** The columns of tables are not known here: a member without a stated type has the type that JSON shows. */
function attributeValue(value: ExactValue, annotated: string): ContextValue {
  const type = annotated.replace(/^#/, '').replace(/^Edm\./, '');
  if (value instanceof ExactNumber) return numberOf(value.literal, type);
  if (isObject(value)) return entityOf(value, null);
  if (Array.isArray(value)) return listOf(value);
  if (typeof value !== 'string') return value as boolean | null;
  if (type === 'DateTimeOffset') return dateOf(value);
  return type === 'Decimal' ? new Literal(decimalText(value)) : value;
}

function numberOf(literal: string, type: string): ContextValue {
  return type === 'Double' ? Number(literal) : new Literal(decimalText(literal));
}

function listOf(items: readonly ExactValue[]): ContextValue {
  return items.some(isObject) ? entityCollectionOf(items, null) : items.map((item) => attributeValue(item, ''));
}

function tableOf(value: Members, table: string | null): string {
  const type = value['@odata.type'];
  return table ?? (typeof type === 'string' ? TYPE.exec(type)?.[1] : undefined) ?? OPEN_TYPE;
}

function idOf(value: Members, logicalName: string): string | null {
  const id = value[`${logicalName}id`] ?? value.activityid;
  return typeof id === 'string' ? id.toLowerCase() : null;
}

/** The row that an address leads to. Of an unknown table, the set's name is the plural of its name. */
function addressed(address: ExactValue | undefined, table: string | null): ContextValue {
  const [, set = '', id = ''] = (typeof address === 'string' ? ADDRESS.exec(address) : null) ?? [];
  if (set === '') return null;
  return typed('EntityReference', reference(table ?? singular(set), id.toLowerCase()));
}

function singular(set: string): string {
  if (set.endsWith('ies')) return `${set.slice(0, -3)}y`;
  return /(?:s|x|z|ch|sh)es$/.test(set) ? set.slice(0, -2) : set.replace(/s$/, '');
}
