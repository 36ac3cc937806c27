import type { Change, ColumnDifference } from '../change.js';
import { endpointCells } from './endpoint-cells.js';
import type { WishedEndpoint } from './wished-endpoint.js';

const SET = 'serviceendpoints';

/** Stands for a secret that exists, and is written along. */
export const SET_ANEW = 'set anew';

/** Makes an endpoint, its secret included. */
export function createEndpoint(endpoint: WishedEndpoint, id: string): Change {
  const { readable, secret } = endpointCells(endpoint);
  const row = { ...readable, [secret.column]: secret.value };
  return {
    ...described(endpoint),
    action: 'create',
    differences: [],
    operations: [{ kind: 'create', set: SET, primaryKey: 'serviceendpointid', id, row, binds: [] }],
  };
}

/**
 * Makes an endpoint as wished. Its secret is always written along: a new address rarely has the old key, and the
 * deployed secret cannot be read. Without differences only the secret is written.
 */
export function updateEndpoint(
  endpoint: WishedEndpoint,
  { id, differences }: { readonly id: string; readonly differences: readonly ColumnDifference[] },
): Change {
  const { readable, secret } = endpointCells(endpoint);
  const changed = differences.map(({ column }) => [column, readable[column]]);
  const row = { ...Object.fromEntries(changed), [secret.column]: secret.value };
  const told = differences.some(({ column }) => column === secret.column);
  const rewritten = { column: secret.column, wished: SET_ANEW, deployed: 'set' };
  return {
    ...described(endpoint),
    action: 'update',
    differences: told ? differences : [...differences, rewritten],
    operations: [{ kind: 'update', set: SET, id, row, binds: [] }],
  };
}

function described({ name }: WishedEndpoint): Pick<Change, 'component' | 'name' | 'type'> {
  return { component: 'service-endpoint', name, type: null };
}
