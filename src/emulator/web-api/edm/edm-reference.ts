import { type ExactValue, isObject } from '../exact-json.js';
import type { EntityRule } from './edm-entity.js';
import { refuseEntity } from './edm-entity.js';
import { refusePrimitive } from './edm-primitive.js';

const WITHOUT_KEY = 'System.ArgumentException: EdmEntityObject passed should have the key property value set.';
const ODATA_ID = /^\/?[A-Za-z_][A-Za-z0-9_]*\([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\)$/i;

/** Tables that share the key of `activitypointer`. */
const ACTIVITIES: readonly string[] = [
  'activitypointer',
  'appointment',
  'campaignactivity',
  'campaignresponse',
  'email',
  'fax',
  'letter',
  'phonecall',
  'recurringappointmentmaster',
  'serviceappointment',
  'socialactivity',
  'task',
];

/** Null, or why OData refuses an object as an EntityReference: it names a row by its key, or by `@odata.id`. */
export function refuseReference(value: ExactValue, rule: EntityRule): string | null {
  if (isObject(value) && typeof value['@odata.id'] === 'string') {
    const path = value['@odata.id'].replace(/^https:\/\/[^/]+\/api\/data\/v[0-9.]+\//, '');
    return ODATA_ID.test(path) ? null : WITHOUT_KEY;
  }
  const untyped = isObject(value) && value['@odata.type'] === undefined && rule.table === null && rule.needsType;
  if (untyped) return WITHOUT_KEY;
  return refuseEntity(value, rule) ?? refuseKey(value, rule);
}

function refuseKey(value: ExactValue, { table, numbersAsStrings }: EntityRule): string | null {
  if (!isObject(value)) return WITHOUT_KEY;
  const type = typeof value['@odata.type'] === 'string' ? value['@odata.type'].split('.').at(-1) : null;
  const named = table ?? type ?? null;
  const key = named === null ? anyKey(value) : value[ACTIVITIES.includes(named) ? 'activityid' : `${named}id`];
  return key === undefined ? WITHOUT_KEY : refusePrimitive('Edm.Guid', key, numbersAsStrings);
}

function anyKey(value: { readonly [name: string]: ExactValue }): ExactValue | undefined {
  return Object.entries(value).find(([name]) => name.endsWith('id'))?.[1];
}
