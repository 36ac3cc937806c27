import type { FaultSubject } from '../faults/fault.js';
import type { Organization } from '../organization.js';
import { ALL_OPERATIONS } from './platform/all-operations.js';

/** The target of a request, by which faults and the request log tell requests apart. */
export type RequestTarget = Pick<FaultSubject, 'target' | 'customApi' | 'table'>;

/** Addresses that count as tables though they are none. */
const BESIDE_TABLES = new Set(['$metadata', 'EntityDefinitions', ...ALL_OPERATIONS.map(({ name }) => name)]);

/** By the path below the service root. A call of an action that does not exist is a call all the same. */
export function targetOf(segment: string, { customApis, tables }: Organization): RequestTarget {
  if (customApis.find(segment) !== null) return { target: 'call', customApi: segment, table: null };
  if (segment === '$batch') return { target: 'batch', customApi: null, table: null };
  const name = /^\$?\w*/.exec(segment)?.[0] ?? '';
  if (name === '' || name === 'WhoAmI') return { target: 'who-am-i', customApi: null, table: null };
  const isTable = tables.definition(name)?.setName === name || BESIDE_TABLES.has(name);
  return isTable
    ? { target: 'table', customApi: null, table: name }
    : { target: 'call', customApi: segment, table: null };
}
