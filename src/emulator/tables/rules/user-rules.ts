import { randomUUID } from 'node:crypto';
import { ROOT_BUSINESS_UNIT_ID } from '../seeds/well-known-ids.js';
import type { TableRules } from './table-rules.js';

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

/** Roles belong to a business unit: the root where none is said. */
export const ROLE_RULES: TableRules = {
  complete: (_scope, row) => ({ ...row, businessunitid: row.businessunitid ?? ROOT_BUSINESS_UNIT_ID }),
};
