import type { ApplicationUser } from '../../entra/application-user.js';
import { stableGuid } from '../../stable-guid.js';
import type { Tables } from '../tables.js';
import { SYSTEM_ADMINISTRATOR } from './role-names.js';
import { ROOT_BUSINESS_UNIT_ID } from './well-known-ids.js';

/**
 * Makes the rows of an application user match its access: `granted` is a user with the role System Administrator,
 * `no-roles` one without any, `no-application-user` is none at all.
 */
export function putApplicationUser(tables: Tables, user: ApplicationUser): void {
  tables.atomically(() => {
    const known = tables.rows('systemuser').find(({ applicationid }) => applicationid === user.clientId.toLowerCase());
    const systemuserid = `${known?.systemuserid ?? user.userId}`;
    if (user.access === 'no-application-user') tables.removeRow('systemuser', systemuserid);
    else if (known === undefined) createUser(tables, user);
    for (const { systemuserroleid } of tables
      .rows('systemuserroles')
      .filter((row) => row.systemuserid === systemuserid)) {
      if (user.access === 'no-roles') tables.removeRow('systemuserroles', `${systemuserroleid}`);
    }
    if (user.access === 'granted') grant(tables, systemuserid);
    return { kind: 'done' };
  });
}

function createUser(tables: Tables, { userId, clientId }: ApplicationUser): void {
  tables.putRow('systemuser', {
    systemuserid: userId,
    firstname: '#',
    lastname: clientId,
    domainname: `${clientId}@emulated.example`,
    applicationid: clientId.toLowerCase(),
    azureactivedirectoryobjectid: stableGuid(`principal ${clientId}`),
    businessunitid: ROOT_BUSINESS_UNIT_ID,
    accessmode: 4,
  });
}

function grant(tables: Tables, systemuserid: string): void {
  if (tables.rows('systemuserroles').some((row) => row.systemuserid === systemuserid)) return;
  const roleid = stableGuid(`role ${SYSTEM_ADMINISTRATOR}`);
  tables.putRow('systemuserroles', { systemuserroleid: stableGuid(`${systemuserid} ${roleid}`), systemuserid, roleid });
}
