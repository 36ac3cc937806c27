import type { TableDefinition } from '../table-definition.js';
import { flag, key, NEVER, text, whole } from './column-words.js';
import { COMPONENT_COLUMNS } from './standard-columns.js';

/** The tables themselves, as `entities` shows them. Source: reference/entities/entity.md */
export const ENTITY_TABLE: TableDefinition = {
  logicalName: 'entity',
  schemaName: 'Entity',
  setName: 'entities',
  primaryKey: 'entityid',
  primaryName: 'name',
  alternateKeys: [['logicalname']],
  componentType: 1,
  writable: NEVER,
  columns: [
    key('entityid'),
    text('name', 64),
    text('logicalname', 64),
    text('originallocalizedname', 64),
    text('originallocalizedcollectionname', 64),
    text('collectionname', 64),
    text('entitysetname', 64),
    text('physicalname', 64),
    whole('objecttypecode'),
    flag('isactivity'),
    ...COMPONENT_COLUMNS,
    { name: 'versionnumber', type: 'bigint', onCreate: false, onUpdate: false },
  ],
  lookups: [],
};
