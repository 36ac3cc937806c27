import type { TableClient } from '../tables/table-client.js';
import type { TableQuery } from '../tables/table-query.js';
import { childrenOf, textOf } from '../tables/table-row.js';

/** A message that steps can be registered on, and the tables for which they can; `none` stands for no table. */
export interface EligibleMessage {
  readonly name: string;
  readonly tables: readonly string[];
}

/**
 * The discovery query of the event framework.
 * Source: learn.microsoft.com, Event framework, "Available events".
 */
const DISCOVERY: TableQuery = {
  select: ['name'],
  filter:
    "isprivate eq false and (name ne 'SetStateDynamicEntity' and name ne 'RemoveRelated' and name ne 'SetRelated' and name ne 'Execute') " +
    'and sdkmessageid_sdkmessagefilter/any(s:s/iscustomprocessingstepallowed eq true and s/isvisible eq true)',
  expand: [
    'sdkmessageid_sdkmessagefilter($select=primaryobjecttypecode;$filter=iscustomprocessingstepallowed eq true and isvisible eq true)',
  ],
  orderBy: 'name',
};

/** Page by page, in the order of names: an organization has some hundred messages and tens of thousands of filters. */
export async function* eligibleMessages(tables: TableClient): AsyncGenerator<readonly EligibleMessage[]> {
  for await (const page of tables.pages('sdkmessages', DISCOVERY)) {
    yield page.map((row) => ({
      name: textOf(row, 'name') ?? '',
      tables: childrenOf(row, 'sdkmessageid_sdkmessagefilter').map(
        (filter) => textOf(filter, 'primaryobjecttypecode') ?? 'none',
      ),
    }));
  }
}
