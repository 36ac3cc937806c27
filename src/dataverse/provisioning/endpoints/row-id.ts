import { v5 } from 'uuid';

const NAMESPACE = '7d1b5a52-5f0b-4a55-9d5c-0a4d2b1c6e10';

/**
 * The id of a row that is known by its name. Dataverse lets any number of endpoints and steps have one name; with ids
 * made of the names, two runs at once, or one after a crash, meet each other's rows instead of making second ones.
 */
export function rowId(table: 'serviceendpoint' | 'sdkmessageprocessingstep', name: string): string {
  return v5(`${table} ${name.toLowerCase()}`, NAMESPACE);
}
