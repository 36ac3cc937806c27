import { randomUUID } from 'node:crypto';
import { stableGuid } from '../../stable-guid.js';
import { SYSTEM_ADMINISTRATOR, SYSTEM_CUSTOMIZER } from '../seeds/role-names.js';
import { ROOT_BUSINESS_UNIT_ID } from '../seeds/well-known-ids.js';
import type { Refusal } from '../write-result.js';
import type { TableRules } from './table-rules.js';

const KEPT_ROLES: Readonly<Record<string, Refusal>> = {
  [stableGuid(`role ${SYSTEM_ADMINISTRATOR}`)]: {
    status: 400,
    code: '0x80041d2e',
    message: 'The System Administrator Role cannot be deleted.',
  },
  [stableGuid(`role ${SYSTEM_CUSTOMIZER}`)]: {
    status: 400,
    code: '0x80041d4a',
    message: 'The System Customizer Role cannot be deleted.',
  },
};

/** Users: an application user needs a business unit, and gets the rest from Entra. */
export const USER_RULES: TableRules = {
  refuse: (_scope, { businessunitid }) =>
    businessunitid === null ? { status: 400, code: '0x80040216', message: 'An unexpected error occurred.' } : null,
  complete: (_scope, row) => {
    const { firstname, lastname, applicationid, azureactivedirectoryobjectid } = row;
    return {
      ...row,
      fullname: [firstname, lastname].filter((name) => name !== null).join(' ') || null,
      azureactivedirectoryobjectid: azureactivedirectoryobjectid ?? (applicationid === null ? null : randomUUID()),
      accessmode: applicationid === null ? (row.accessmode ?? null) : 4,
    };
  },
  refuseRemoval: (_scope, { isdisabled }) =>
    isdisabled === true
      ? null
      : { status: 400, code: '0x80040203', message: 'Only a disabled application user can be deleted.' },
};

/**
 * Roles belong to a business unit, by default to the root. The two roles that every environment has cannot be deleted.
 */
export const ROLE_RULES: TableRules = {
  refuse: (_scope, { roleid }) =>
    roleid === stableGuid(`role ${SYSTEM_ADMINISTRATOR}`)
      ? { status: 400, code: '0x80041d31', message: 'The System Administrator Role cannot be modified.' }
      : null,
  refuseRemoval: (_scope, { roleid }) => KEPT_ROLES[`${roleid}`] ?? null,
  complete: (_scope, row) => ({ ...row, businessunitid: row.businessunitid ?? ROOT_BUSINESS_UNIT_ID }),
};
