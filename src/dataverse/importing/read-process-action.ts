import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { booleanOf, expandedOf, numberOf, type TableRow, textOf } from '../tables/table-row.js';
import { actionInputs } from './action-inputs.js';
import { readPlace } from './read-place.js';
import type { RegisteredApi } from './registered-api.js';

export type ProcessActionReading =
  | { readonly kind: 'read'; readonly api: RegisteredApi }
  /** Drafts have no message to call, and `$metadata` does not show their inputs. */
  | { readonly kind: 'draft' }
  | { readonly kind: 'none' };

/** `workflow.category` 3 are actions, `type` 1 their definitions (2 is what runs of them). */
const ACTIONS = 'category eq 3 and type eq 1';
const ACTIVATED = 1;

/** The custom process action that has a message, which is its unique name with a prefix. */
export async function readProcessAction(tables: TableClient, message: string): Promise<ProcessActionReading> {
  const [row] = await tables.list('workflows', {
    select: ['workflowid', 'name', 'description', 'primaryentity', 'statecode', 'ismanaged'],
    filter: `${ACTIONS} and sdkmessageid/name eq ${literal(message)}`,
    expand: ['sdkmessageid($select=name)'],
  });
  const id = row === undefined ? null : textOf(row, 'workflowid');
  if (row === undefined || id === null) return { kind: 'none' };
  const api = await apiIn(row, tables);
  return api === null ? { kind: 'draft' } : { kind: 'read', api: { ...api, place: await readPlace(tables, id) } };
}

async function apiIn(row: TableRow, tables: TableClient): Promise<Omit<RegisteredApi, 'place'> | null> {
  const uniqueName = textOf(expandedOf(row, 'sdkmessageid') ?? {}, 'name') ?? '';
  const inputs = numberOf(row, 'statecode') === ACTIVATED ? actionInputs(await tables.metadata(), uniqueName) : null;
  if (inputs === null) return null;
  const [name, table] = [textOf(row, 'name') ?? '', textOf(row, 'primaryentity')];
  return {
    kind: 'process-action',
    uniqueName,
    name,
    displayName: name,
    description: textOf(row, 'description') ?? '',
    boundTable: table === 'none' ? null : table,
    isFunction: false,
    isPrivate: false,
    isManaged: booleanOf(row, 'ismanaged') ?? false,
    isWorkflowStep: false,
    stepType: 2,
    hasPlugin: false,
    ...inputs,
  };
}
