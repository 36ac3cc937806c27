import { v5 } from 'uuid';

const NAMESPACE = '7d1b5a52-5f0b-4a55-9d5c-0a4d2b1c6e10';

/**
 * The id of a row that is identified by its name. Dataverse allows any number of endpoints and steps with one name.
 * With ids made from names, two runs at once, or one after a crash, find each other's rows instead of making second
 * ones.
 */
export function rowId(table: 'serviceendpoint' | 'sdkmessageprocessingstep', name: string): string {
  return v5(`${table} ${name.toLowerCase()}`, NAMESPACE);
}
