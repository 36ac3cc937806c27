import { DataverseRefusedError } from '../../tables/dataverse-refused.error.js';
import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { booleanOf, expandedOf, type TableRow, textOf } from '../../tables/table-row.js';
import { isSameName } from '../same-name.js';
import type { DeployedPublisher, DeployedSolution } from './deployed-state.js';

const PUBLISHER_COLUMNS = ['publisherid', 'uniquename', 'customizationprefix'];

/** The solution of this unique name, or null. */
export async function readSolution(tables: TableClient, uniqueName: string): Promise<DeployedSolution | null> {
  const [row] = await tables.list('solutions', {
    select: ['solutionid', 'uniquename', 'ismanaged'],
    expand: [`publisherid($select=${PUBLISHER_COLUMNS.join(',')})`],
    filter: `uniquename eq ${literal(uniqueName)}`,
  });
  if (row === undefined) return null;
  const publisher = publisherIn(expandedOf(row, 'publisherid') ?? {});
  const id = textOf(row, 'solutionid') ?? '';
  const members = isDefaultSolution(uniqueName) ? null : await readMembers(tables, id);
  return { id, isManaged: booleanOf(row, 'ismanaged') ?? false, publisher, members };
}

/** Every unmanaged component is in these, and none of them carries it to another environment. */
export function isDefaultSolution(uniqueName: string): boolean {
  return ['Default', 'Active', 'Basic'].some((name) => isSameName(uniqueName, name));
}

/** Membership only serves a note: a user that may not read it plans without. */
async function readMembers(tables: TableClient, solutionId: string): Promise<ReadonlySet<string> | null> {
  const query = { select: ['objectid'], filter: `_solutionid_value eq ${solutionId}` };
  try {
    const components = await tables.list('solutioncomponents', query);
    return new Set(components.flatMap((component) => textOf(component, 'objectid') ?? []));
  } catch (error) {
    if (error instanceof DataverseRefusedError) return null;
    throw error;
  }
}

/** The publishers with this customization prefix. */
export async function readPublishers(tables: TableClient, prefix: string): Promise<readonly DeployedPublisher[]> {
  const filter = `customizationprefix eq ${literal(prefix)}`;
  return (await tables.list('publishers', { select: PUBLISHER_COLUMNS, filter })).map(publisherIn);
}

function publisherIn(row: TableRow): DeployedPublisher {
  return {
    id: textOf(row, 'publisherid') ?? '',
    uniqueName: textOf(row, 'uniquename') ?? '',
    prefix: textOf(row, 'customizationprefix') ?? '',
  };
}
