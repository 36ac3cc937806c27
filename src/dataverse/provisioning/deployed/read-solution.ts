import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { booleanOf, expandedOf, type TableRow, textOf } from '../../tables/table-row.js';
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
  const filter = `_solutionid_value eq ${id}`;
  const components = await tables.list('solutioncomponents', { select: ['objectid'], filter });
  const members = new Set(components.flatMap((component) => textOf(component, 'objectid') ?? []));
  return { id, isManaged: booleanOf(row, 'ismanaged') ?? false, publisher, members };
}

/** Those whose customization prefix it is. */
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
