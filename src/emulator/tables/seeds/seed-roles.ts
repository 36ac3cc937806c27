import { stableGuid } from '../../stable-guid.js';
import type { Row } from '../table-definition.js';
import type { Tables } from '../tables.js';
import { SYSTEM_ADMINISTRATOR, SYSTEM_CUSTOMIZER } from './role-names.js';
import { BUSINESS_ENTITIES } from './seed-entities.js';
import { ROOT_BUSINESS_UNIT_ID } from './well-known-ids.js';

/** The bits of `accessright`. */
const RIGHTS = {
  Read: 1,
  Write: 2,
  Append: 4,
  AppendTo: 16,
  Create: 32,
  Delete: 65_536,
  Share: 262_144,
  Assign: 524_288,
} as const;
const MORE_PRIVILEGES = [
  'prvImportCustomization',
  'prvExportCustomization',
  'prvPublishCustomization',
  'prvActOnBehalfOfAnotherUser',
];
const ORGANIZATION_WIDE = 8;
const DECIDES_WHO_MAY = /^prv(?:Create|Write|Delete|Assign)(?:User|Role|BusinessUnit|Organization|Privilege)$/;

/** Privileges of every table, and the two roles that every environment has. */
export function seedRoles(tables: Tables): void {
  const privileges = [...privilegeNames(tables)].map(([name, accessright]) =>
    tables.putRow('privilege', { privilegeid: stableGuid(`privilege ${name}`), name, accessright }),
  );
  role(tables, SYSTEM_ADMINISTRATOR, privileges);
  role(
    tables,
    SYSTEM_CUSTOMIZER,
    privileges.filter(({ name }) => !DECIDES_WHO_MAY.test(`${name}`)),
  );
}

function* privilegeNames(tables: Tables): Iterable<[string, number]> {
  const named = tables.definitions
    .filter(({ primaryName, primaryKey }) => primaryName !== primaryKey)
    .map(({ privilegeName, schemaName }) => privilegeName ?? schemaName);
  for (const name of [...BUSINESS_ENTITIES.map(({ schemaName }) => schemaName), ...named]) {
    for (const [right, bit] of Object.entries(RIGHTS)) yield [`prv${right}${name}`, bit];
  }
  for (const name of MORE_PRIVILEGES) yield [name, 0];
}

function role(tables: Tables, name: string, privileges: readonly Row[]): void {
  const roleid = stableGuid(`role ${name}`);
  tables.putRow('role', { roleid, name, businessunitid: ROOT_BUSINESS_UNIT_ID, ismanaged: true });
  for (const { privilegeid = null } of privileges) {
    const roleprivilegeid = stableGuid(`${name} ${privilegeid}`);
    tables.putRow('roleprivileges', { roleprivilegeid, roleid, privilegeid, privilegedepthmask: ORGANIZATION_WIDE });
  }
}
