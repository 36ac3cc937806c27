import type { TableSource } from '../../odata/table-source.js';
import type { Row, TableDefinition } from '../../tables/table-definition.js';
import type { Caller } from './caller.js';
import { type Deed, privilegeFor } from './missing-privilege.js';

/** `privilegedepthmask` of a privilege that reaches no further than one's own rows. */
const BASIC = 1;

/** Whether a caller's privilege reaches a row. Everybody reaches the rows of tables that nobody owns. */
export function reaches(deed: Deed, row: Row, table: TableDefinition, { privileges, userId }: Caller): boolean {
  const owner = ownerColumnOf(table);
  return owner === null || privileges.get(privilegeFor(deed, table)) !== BASIC || row[owner] === userId;
}

/** The rows that a caller may see. The others are silently left out, as in Dataverse. */
export class VisibleRows implements TableSource {
  constructor(
    private readonly all: TableSource,
    private readonly caller: Caller,
  ) {}

  get definitions(): TableSource['definitions'] {
    return this.all.definitions;
  }

  get associations(): TableSource['associations'] {
    return this.all.associations;
  }

  definition(setOrLogicalName: string): TableDefinition | null {
    return this.all.definition(setOrLogicalName);
  }

  rows(logicalName: string): readonly Row[] {
    return this.all.rows(logicalName).filter((row) => this.#sees(row, logicalName));
  }

  find(logicalName: string, id: string): Row | null {
    const row = this.all.find(logicalName, id);
    return row !== null && this.#sees(row, logicalName) ? row : null;
  }

  #sees(row: Row, logicalName: string): boolean {
    const table = this.all.definition(logicalName);
    return table === null || reaches('Read', row, table, this.caller);
  }
}

/** Whether there are any rows that a caller may not see: most callers may see all. */
export function seesEverything({ privileges }: Caller): boolean {
  return ![...privileges].some(([name, depth]) => depth === BASIC && name.startsWith('prvRead'));
}

/** Users own themselves. */
function ownerColumnOf({ logicalName, lookups }: TableDefinition): string | null {
  if (logicalName === 'systemuser') return 'systemuserid';
  return lookups.some(({ column }) => column === 'ownerid') ? 'ownerid' : null;
}
