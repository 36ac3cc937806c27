import { stableGuid } from '../../stable-guid.js';
import type { Tables } from '../tables.js';

/** Business tables that exist only as names: for catalogs, messages, privileges and bound custom APIs. */
export const BUSINESS_ENTITIES = [
  { logicalName: 'account', schemaName: 'Account', setName: 'accounts' },
  { logicalName: 'contact', schemaName: 'Contact', setName: 'contacts' },
] as const;

/** The rows of `entities`: every table of the organization. */
export function seedEntities(tables: Tables): void {
  [...BUSINESS_ENTITIES, ...tables.definitions].forEach(({ logicalName, schemaName, setName }, index) => {
    tables.putRow('entity', {
      entityid: stableGuid(`entity ${logicalName}`),
      name: schemaName,
      logicalname: logicalName,
      originallocalizedname: schemaName,
      originallocalizedcollectionname: setName,
      collectionname: setName,
      entitysetname: setName,
      physicalname: `${schemaName}Base`,
      objecttypecode: index + 1,
      ismanaged: true,
    });
  });
}
